"""When the law or the service level says no."""


class Refusal(Exception):
    """An act that the law does not allow. It is not the user's mistake, and the text says what can be done instead.

    `reason` is one or two Danish sentences with the way on; `provision` is what it rests on, fx "LAB § 167, stk. 1".
    """

    def __init__(self, reason: str, provision: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.provision = provision
