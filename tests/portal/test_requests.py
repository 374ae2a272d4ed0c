"""Posted forms are read as Werkzeug reads them, only quicker."""

from io import BytesIO
from urllib.parse import urlencode

from hypothesis import given, settings
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict
from werkzeug.formparser import FormDataParser

from portal.requests import FormParser

_URL_ENCODED = "application/x-www-form-urlencoded"


def _read(parser: FormDataParser, body: bytes) -> list[tuple[str, str]]:
    form: MultiDict[str, str] = parser.parse(BytesIO(body), _URL_ENCODED, len(body))[1]
    return list(form.items(multi=True))


@settings(max_examples=50)
@given(st.lists(st.tuples(st.text(), st.text())))
def test_what_a_browser_encodes_comes_back(controls: list[tuple[str, str]]) -> None:
    usable = [(name, value) for name, value in controls if (name + value).isprintable()]
    body = urlencode(usable).encode()
    assert _read(FormParser(), body) == _read(FormDataParser(), body)


@settings(max_examples=50)
@given(st.text(alphabet="ab%=&+;0E3F81é\ud800", max_size=40))
def test_any_bytes_are_read_alike(text: str) -> None:
    body = text.encode("utf-8", "surrogatepass")
    if body.isascii():
        assert _read(FormParser(), body) == _read(FormDataParser(), body)
    else:
        _read(FormParser(), body)
