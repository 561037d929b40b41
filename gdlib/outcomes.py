"""What a session's checks and predictions came to: a record, and its line of JSON.

Nothing is written or sent. The record lives as long as the kernel; `line` makes a
string of it, which a reader may hand on.
"""

import json
from importlib.metadata import PackageNotFoundError, version

SCHEMA = 1  # counts up when a reader of older lines would misread a new one


class Record:
    """The latest outcome of each exercise, the first choice at each question.

    tries   exercise -> how many answers were looked at, untouched cells left out
    states  exercise -> "correct", "not yet" or "not attempted", the latest
    chosen  question -> whether the first choice was right
    latest  the notebook, two digits, that was last recorded; None before
    """

    def __init__(self):
        self.tries, self.states, self.chosen = {}, {}, {}
        self.latest = None

    def checked(self, exercise, state):
        """Take down what a check found."""
        self.latest = exercise[:2]
        self.states[exercise] = state
        tried = state != "not attempted"
        self.tries[exercise] = self.tries.get(exercise, 0) + tried

    def asked(self, question):
        """Take down that a question was shown."""
        self.latest = question[:2]

    def chose(self, question, right):
        """Take down a choice; only the first one counts, as a prediction."""
        self.latest = question[:2]
        self.chosen.setdefault(question, bool(right))

    def line(self, notebook, exercises, questions, who=None):
        """Say it as one line of JSON: all of a notebook's, the untouched ones too.

        notebook             its two digits
        exercises, questions the names of all that it has
        who                  any text; left out when None
        """
        told = {"outcomes": SCHEMA, "gdlib": _version(), "notebook": notebook}
        told |= {} if who is None else {"who": str(who)}
        told["exercises"] = {
            name: {
                "state": self.states.get(name, "not attempted"),
                "tries": self.tries.get(name, 0),
            }
            for name in exercises
        }
        told["predictions"] = {
            name: {None: "unanswered", True: "right", False: "wrong"}[
                self.chosen.get(name)
            ]
            for name in questions
        }
        return json.dumps(told)


def _version():
    try:
        return version("gdlib")
    except PackageNotFoundError:  # a copy of the folder, not installed
        return "unknown"
