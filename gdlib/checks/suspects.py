"""Notebook 16, the bug hunt: its questions, one a program, each with three suspects."""

from ..exercises import Question


def suspects(text, *options, right):
    """Make a question of pairs (option, what it is told); right counts from 0."""
    return Question(text, dict(options), options[right][0])


QUESTIONS = {
    "16.a": suspects(
        "The loss creeps, and finite differences say that it falls steeply. Why?",
        (
            "η is too small for this loss.",
            "η = 0.1 suits it: its curvature is about 2. With the right slope the "
            "loss is down after 30 steps.",
        ),
        (
            "The gradient is too short.",
            "By a factor, since the direction is right: the loss does fall.",
        ),
        (
            "The gradient has the wrong sign.",
            "Then the loss would grow.",
        ),
        right=1,
    ),
    "16.b": suspects(
        "Momentum with γ = 0.9 walks like gradient descent with the same η. Why?",
        (
            "The velocity is lost between steps.",
            "Then it could not swing, as it does in the first 40 steps.",
        ),
        (
            "γ is too large for this ravine.",
            "Then it would go on swinging. It ends after some 40 steps.",
        ),
        (
            "Each slope enters with a tenth of η.",
            "A tenth, ten times over, is once: the velocity adds up to ηg.",
        ),
        right=2,
    ),
    "16.c": suspects(
        "The loss falls, then the line breaks off: nan. What has happened?",
        (
            "A batch was empty.",
            "A mean over no samples is 0/0. So the size of the batches is not k.",
        ),
        (
            "η is too large, and the run overflowed.",
            "A run that overflows climbs first. This one was at the bottom.",
        ),
        (
            "The data hold a nan.",
            "Then the loss over all the data would be nan from the start.",
        ),
        right=0,
    ),
    "16.d": suspects(
        "AMSGrad with η = 0.1 leaves its start by about 3 in each coordinate. Why?",
        (
            "The slope at the start is steep.",
            "Its size drops out: AMSGrad divides by it.",
        ),
        (
            "The first step is divided by too little.",
            "v has one thousandth of g² at first, and its root goes into the divisor.",
        ),
        (
            "The maximum of v grows too fast.",
            "A large maximum makes short steps, not long ones.",
        ),
        right=1,
    ),
    "16.e": suspects(
        "The record says that the loss was at the bottom from step 0 on. It was 6.25 "
        "before the run. Why?",
        (
            "All rows of the record are one array.",
            "Each step changes it, the rows kept before as well.",
        ),
        (
            "The first step went straight to the minimum.",
            "Then row 0 would still hold the start.",
        ),
        (
            "The loss was computed before the run.",
            "It is computed from the record, row by row.",
        ),
        right=0,
    ),
    "16.f": suspects(
        "From near the minimum Adam hardly moves, from afar it flies off. What ought "
        "Adam's steps to depend on, and what do these?",
        (
            "η must be tuned anew for every start.",
            "Adam's first step is η from any start: there is nothing to tune anew.",
        ),
        (
            "β₂ = 0.999 is too slow here.",
            "Then the divisor would lag behind. At the first step nothing lags.",
        ),
        (
            "They grow with the slope; they should not.",
            "About η wherever it starts is Adam's promise.",
        ),
        right=2,
    ),
    "16.g": suspects(
        "On a slope of 1 Adam walks η a step. The program is first quicker, then ever"
        " slower. Why?",
        (
            "The slope gets flatter.",
            "It is 1 nearly to the end, for both.",
        ),
        (
            "v forgets too slowly.",
            "v is Adam's own here. Adam with the same v keeps its pace.",
        ),
        (
            "Something that should fade with t does not.",
            "The corrections: they fit step 1, and are used at every step.",
        ),
        right=2,
    ),
    "16.h": suspects(
        "One input more, and nan from step 1 on. The input is 0 in every sample. Why?",
        (
            "With three inputs η = 0.1 is too large.",
            "Adam's first step is η in each coordinate, however many inputs there are.",
        ),
        (
            "Its slope is 0, and 0/0 is nan.",
            "Something should have stood in the divisor to prevent it.",
        ),
        (
            "Its best weight is not unique.",
            "True, and harmless: any weight will do.",
        ),
        right=1,
    ),
    "16.i": suspects(
        "Nadam's line lies on Adam's, point for point. Why?",
        (
            "What makes it Nadam is computed and not used.",
            "Point for point, over 400 steps: the formula that runs is Adam's.",
        ),
        (
            "On this surface the two are alike.",
            "They part at step 1: gdlib's Nadam is longer there by half.",
        ),
        (
            "β₁ is too small for a difference.",
            "It is 0.9: the lookahead makes the first step longer by half.",
        ),
        right=0,
    ),
    "16.j": suspects(
        "Adam comes down, and then jumps to and fro for ever, each time a little "
        "farther. Why?",
        (
            "η = 0.1 is too large.",
            "With a smaller η the jumps would be shorter, and still for ever.",
        ),
        (
            "β₁ is too large: it overshoots.",
            "A large β₁ swings slowly. This changes sign at every step.",
        ),
        (
            "Each step forgets the steps before.",
            "Without a past, m̂/√v̂ depends on the sign of one slope and on t alone.",
        ),
        right=2,
    ),
    "16.k": suspects(
        "y begins at its minimum, where its slope is 0. It leaves it at once. Why?",
        (
            "The bowl is tilted.",
            "x and y are apart in x² + y²: y has no slope at y = 0.",
        ),
        (
            "It gets a push that belongs to x.",
            "It moves at the first step, before it has any slope of its own.",
        ),
        (
            "Momentum overshoots.",
            "It has nothing to overshoot: y is where it should be.",
        ),
        right=1,
    ),
    "16.l": suspects(
        "The gap falls by the same factor at every step, then stays where it is. Why?",
        (
            "η is too large to come any nearer.",
            "A large η swings or overflows; here one factor held for 50 steps.",
        ),
        (
            "The loss cannot be computed more exactly.",
            "With the gradient by formula, the same run goes on down.",
        ),
        (
            "The slope is rounded to 0.",
            "Near the minimum the two losses differ by less than their last digit.",
        ),
        right=2,
    ),
    "16.m": suspects(
        "This Adam swings more widely than gdlib's. Its first step is right: η. So:",
        (
            "The corrections may still be wrong.",
            "Two wrong factors can make a right first step. Look at the second.",
        ),
        (
            "The corrections are right.",
            "At the first step their errors cancel, at β₂ = 0.99.",
        ),
        (
            "v is averaged over too few steps.",
            "Both runs have the same β₂.",
        ),
        right=0,
    ),
}
