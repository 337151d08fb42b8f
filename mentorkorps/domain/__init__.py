"""The law, the service level, the contact duty and the methods: pure functions over frozen facts.

Nothing here knows Django, a clock or a setting. Dates come in as arguments, hours are whole minutes
and money is whole øre, so anyone can import these modules in a notebook.
"""
