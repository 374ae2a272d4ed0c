"""What a form says to everybody is true for those too of whom the city knows nothing."""

import re

from portal.forms import Catalogue
from portal.forms.translation import texts_of

#: 「前に申請した犬は、入っています」 and the like.
_PRESUMES = re.compile("(前|登録|記録|申請)[^。]*は、?[^。]*入っています")


def test_no_text_presumes_that_something_is_known(catalogue: Catalogue) -> None:
    found = [
        (name, text)
        for name, procedure in catalogue.procedures.items()
        if procedure.identity.sign_in != "card"
        for text in texts_of(procedure)
        if _PRESUMES.search(text)
    ]
    assert found == []
