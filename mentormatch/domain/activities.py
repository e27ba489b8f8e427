"""What closes a gap in each competency: one experience, one way of being coached and one study; our own proposal."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from mentormatch.domain.competencies import Competency
from mentormatch.domain.plans import ActivityKind
from mentormatch.domain.sentences import said

Activities = Mapping[tuple[Competency, ActivityKind], str]
"""One text for each of the sixteen and each kind."""

_PROPOSED: Final[Mapping[Competency, tuple[str, str, str]]] = {
    Competency.STRATEGIC_ORIENTATION: (
        said("Take part in a value stream analysis and show what its plan does for the goals of the business"),
        said("Talk a plan for your area through with your mentor: which goal it serves and what it leaves undone"),
        said("Go to a conference or a lean network meeting, and write down what it means for your own strategy"),
    ),
    Competency.CHANGE_LEADERSHIP: (
        said("Lead a kaizen event that crosses a function, with the targets and the results after 30, 60 and 90 days"),
        said("Go through one resisted change with your mentor: who stands where, and what you say next"),
        said("Read one book on leading change, and write one page on what you will do differently"),
    ),
    Competency.GROUP_FACILITATION: (
        said("Facilitate a kaizen event or teach one module to a group"),
        said("Let your mentor watch a session of yours, or tell it afterwards, and take one thing away from it"),
        said("Study the standard work of an event leader, and prepare your next agenda by it"),
    ),
    Competency.FOCUS_ACCOUNTABILITY: (
        said("Lead an event or a project with written targets, and close every action by its day"),
        said("Agree on three actions with your mentor, and begin each meeting with what became of them"),
        said("Take a course in project management, and use one of its tools for a month"),
    ),
    Competency.TALENT_DEVELOPMENT: (
        said("Mentor somebody, and keep the record of it"),
        said("Prepare a conversation about somebody’s growth with your mentor, and tell afterwards how it went"),
        said("Study job instruction or a coaching method, and use it with two people"),
    ),
    Competency.FLEXIBILITY: (
        said("Take part in a kaizen event in an area or at a site that is not yours"),
        said("Bring your mentor a case that did not go to plan, and find two other ways through it"),
        said("Tour another lean operation, and try one idea that contradicts how you do it"),
    ),
    Competency.INTERPERSONAL_UNDERSTANDING: (
        said("Mentor somebody, or take part in a value stream analysis and ask more than you tell"),
        said("Practise humble enquiry with your mentor: an hour of questions without advice"),
        said("Meet three people of the lean community, and write down what moves each of them"),
    ),
    Competency.SELF_MANAGEMENT: (
        said("Write leader standard work for yourself, and follow it for six weeks"),
        said("Show your mentor your week as planned and as it was, and agree on one change"),
        said("Write a short reflection every week, with one idea from a book, a blog or a podcast"),
    ),
    Competency.LEAN_PRINCIPLES: (
        said("Walk the gemba of another operation with an observation sheet, and try one idea at home"),
        said("Walk the gemba with your mentor, and compare what each of you has seen"),
        said("Work through the principles in the outline of the Lean Body of Knowledge"),
    ),
    Competency.VALUE_STREAM_ANALYSIS: (
        said("Take part in a value stream analysis, and keep the map and the plan"),
        said("Draw a current state, and have your mentor question it line by line"),
        said("Read one book on value stream mapping, and map a small process of your own"),
    ),
    Competency.KAIZEN_EVENTS: (
        said("Take part in a kaizen event, then lead one, with results after 30, 60 and 90 days"),
        said("Go through the pre-event work of your next event with your mentor before it starts"),
        said("Study the standard work of kaizen events from selection to follow-through"),
    ),
    Competency.DAILY_KAIZEN: (
        said("Run a team’s board and short meeting for six weeks, with the ideas that came of it"),
        said("Show your mentor a board and a meeting of yours, and change one thing by the next time"),
        said("Tour an operation with a living daily management system, and draw how its tiers are linked"),
    ),
    Competency.STANDARD_WORK: (
        said("Write standard work with the people who do it, and audit it for a month"),
        said("Have your mentor look at a standard of yours at the place where it is used"),
        said("Work through 5S, standard work and TPM in the outline of the Lean Body of Knowledge"),
    ),
    Competency.FLOW_PULL: (
        said("Take part in setting up a cell, a changeover or a kanban loop, with figures before and after"),
        said("Calculate takt and loops for a real case, and have your mentor check the reasoning"),
        said("Work through flow and pull in the outline of the Lean Body of Knowledge"),
    ),
    Competency.PROBLEM_SOLVING: (
        said("Solve one problem that keeps coming back on an A3, down to an error-proofed cause"),
        said("Take the A3 to your mentor at each stage, before the next one is begun"),
        said("Take a six sigma green belt course, or work through problem solving in the Lean Body of Knowledge"),
    ),
    Competency.STRATEGY_DEPLOYMENT: (
        said("Fill in a deployment sheet for your area, and follow its measures for a quarter"),
        said("Practise catchball with your mentor: a goal down, what it takes back up"),
        said("Read one book on strategy deployment or lean accounting, and show one result in money"),
    ),
}

PROPOSED: Final[Activities] = MappingProxyType(
    {(c, kind): text for c, texts in _PROPOSED.items() for kind, text in zip(ActivityKind, texts, strict=True)}
)
"""What every programme starts with; a coordinator can word each of them anew."""
