"""The languages that mentors and citizens speak, by ISO 639 code: those most heard in Danish job centres."""

LANGUAGES = {
    "da": "dansk", "en": "engelsk", "ar": "arabisk", "bs": "bosnisk", "zh": "kinesisk", "fa": "farsi", "fr": "fransk",
    "kl": "grønlandsk", "ku": "kurdisk", "lt": "litauisk", "ps": "pashto", "pl": "polsk", "pt": "portugisisk",
    "ro": "rumænsk", "ru": "russisk", "so": "somali", "es": "spansk", "th": "thai", "ti": "tigrinya", "tr": "tyrkisk",
    "de": "tysk", "uk": "ukrainsk", "ur": "urdu", "vi": "vietnamesisk", "dsl": "dansk tegnsprog",
}  # fmt: skip


def language_name(code: str) -> str:
    """The Danish name of a language; a code that is not known is shown as it is."""
    return LANGUAGES.get(code, code)
