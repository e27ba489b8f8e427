import copy
import pickle

from mentormatch.domain.errors import Conflict
from mentormatch.domain.sentences import Sentence, counted, said


def test_a_sentence_is_ordinary_english_text() -> None:
    assert said("Round %(number)s is 100 %% done.", number=3) == "Round 3 is 100 % done."


def test_a_number_decides_the_form() -> None:
    forms = [counted("%(num)s hour", "%(num)s hours", n) for n in (0, 1, 2)]

    assert forms == ["0 hours", "1 hour", "2 hours"]


def test_the_text_of_an_error_is_still_the_sentence() -> None:
    text = str(Conflict(said("Round %(number)s has changed.", number=3)))

    assert isinstance(text, Sentence)
    assert (text.source, text.values) == ("Round %(number)s has changed.", {"number": 3})


def test_a_sentence_survives_copying_and_pickling() -> None:
    sentence = counted("%(num)s hour", "%(num)s hours", 2)

    for twin in (copy.deepcopy(sentence), pickle.loads(pickle.dumps(sentence))):  # noqa: S301 -- our own bytes
        assert (twin, twin.plural, twin.values) == (sentence, "%(num)s hours", {"num": 2})
