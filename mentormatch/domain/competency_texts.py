"""What each of the sixteen competencies means and how its five levels show in behaviour."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from mentormatch.domain.competencies import Competency, CompetencyKind


@dataclass(frozen=True, slots=True)
class CompetencyText:
    """What a competency is called and how each level, 0 to 4, shows in behaviour."""

    title: str
    kind: CompetencyKind
    definition: str
    anchors: tuple[str, str, str, str, str]


COMPETENCY_TEXTS: Final[Mapping[Competency, CompetencyText]] = MappingProxyType(
    {
        Competency.STRATEGIC_ORIENTATION: CompetencyText(
            title="Strategic orientation",
            kind=CompetencyKind.CORE,
            definition="Sees the whole business and links improvement work to where the enterprise must go",
            anchors=(
                "Works only on the task at hand",
                "Can state the company goals and how the own work relates",
                "Turns a given goal into a plan for the own area, with help",
                "Sets multi-year improvement priorities for several areas and defends trade-offs",
                "Shapes enterprise strategy with executives and teaches leaders to think this way",
            ),
        ),
        Competency.CHANGE_LEADERSHIP: CompetencyText(
            title="Change leadership",
            kind=CompetencyKind.CORE,
            definition="Moves people and the organisation from the present way to a new one and keeps them there",
            anchors=(
                "Waits for or resists change",
                "Explains why a change is needed",
                "Supports a change: finds stakeholders, answers resistance, with backing",
                "Leads a contested change across functions and sustains it",
                "Builds other change leaders; has led an enterprise-wide change",
            ),
        ),
        Competency.GROUP_FACILITATION: CompetencyText(
            title="Group leadership / facilitation",
            kind=CompetencyKind.CORE,
            definition="Leads a group, without formal power, to a result it owns",
            anchors=(
                "Has not led a group",
                "Knows the phases of a team event and the ground rules",
                "Co-facilitates; handles routine agendas",
                "Facilitates cross-functional groups alone, manages conflict, reaches outcomes",
                "Trains and certifies facilitators; rescues groups that are stuck",
            ),
        ),
        Competency.FOCUS_ACCOUNTABILITY: CompetencyText(
            title="Focus and accountability",
            kind=CompetencyKind.CORE,
            definition="Keeps self and others on the vital few, and honours commitments in the open",
            anchors=(
                "Misses commitments silently",
                "Tracks own actions",
                "Runs an action list for a team, escalates late",
                "Sets clear targets, reviews them in rhythm, closes gaps to the end",
                "Builds an accountability rhythm others run without them",
            ),
        ),
        Competency.TALENT_DEVELOPMENT: CompetencyText(
            title="Talent development",
            kind=CompetencyKind.CORE,
            definition="Makes other people more able, on purpose",
            anchors=(
                "Shares knowledge only if asked",
                "Knows basic training and feedback methods",
                "Trains and gives feedback with a set plan",
                "Coaches several people with development plans and visible growth",
                "Builds the system: succession, curriculum, coaches of coaches",
            ),
        ),
        Competency.FLEXIBILITY: CompetencyText(
            title="Flexibility",
            kind=CompetencyKind.CORE,
            definition="Adapts method and style to facts and people without losing the aim",
            anchors=(
                "One way for every case",
                "Recognises that the case differs",
                "Adjusts the plan when told or shown",
                "Changes approach in the moment, in new settings and cultures",
                "Anticipates, prepares alternatives, and helps others let go of fixed ideas",
            ),
        ),
        Competency.INTERPERSONAL_UNDERSTANDING: CompetencyText(
            title="Interpersonal understanding",
            kind=CompetencyKind.CORE,
            definition="Hears what others think and feel, spoken or not, and acts on it with respect",
            anchors=(
                "Misses reactions",
                "Listens and notes stated concerns",
                "Reads open emotions; asks good questions",
                "Understands unspoken concerns and motives; adjusts coaching",
                "Understands long-standing patterns between groups; teaches humble enquiry",
            ),
        ),
        Competency.SELF_MANAGEMENT: CompetencyText(
            title="Self-management",
            kind=CompetencyKind.CORE,
            definition="Steers own energy, emotion, learning and time; models what is preached",
            anchors=(
                "Reactive; needs to be steered",
                "Knows own triggers and gaps",
                "Keeps a learning plan and calm in ordinary pressure",
                "Steady under attack; studies, reflects and follows own standard work",
                "Role model; others copy the routines; coaches resilience",
            ),
        ),
        Competency.LEAN_PRINCIPLES: CompetencyText(
            title="Lean principles and waste",
            kind=CompetencyKind.TECHNICAL,
            definition=(
                "Understands why lean works: customer value, flow, pull, respect, and sees muda, "
                "mura, muri at the gemba"
            ),
            anchors=(
                "Cannot name the principles",
                "Names principles and wastes with examples",
                "Finds waste on a gemba walk with a checklist or coach",
                "Sees waste and its causes in any process, factory or office; argues from principles",
                "Teaches the principles; leads gemba walks for executives",
            ),
        ),
        Competency.VALUE_STREAM_ANALYSIS: CompetencyText(
            title="Value stream analysis",
            kind=CompetencyKind.TECHNICAL,
            definition="Maps current and future state of a whole stream and turns the gap into an improvement plan",
            anchors=(
                "Never took part",
                "Reads a map",
                "Took part; draws a current state with help",
                "Leads analysis, future state and value stream improvement plan",
                "Has led several, across functions; teaches others to lead",
            ),
        ),
        Competency.KAIZEN_EVENTS: CompetencyText(
            title="Kaizen event management",
            kind=CompetencyKind.TECHNICAL,
            definition="Runs events by standard work from selection and planning to execution and follow-through",
            anchors=(
                "Never took part",
                "Took part in one or more events",
                "Co-leads an event; does the pre-event work",
                "Leads events with sustained results after follow-through",
                "Owns the event standard work; develops event leaders",
            ),
        ),
        Competency.DAILY_KAIZEN: CompetencyText(
            title="Daily kaizen and lean management system",
            kind=CompetencyKind.TECHNICAL,
            definition=(
                "Makes improvement daily: visual boards, short meetings, leader standard work, "
                "suggestions, process audits"
            ),
            anchors=(
                "No daily routine known",
                "Explains boards, huddles, leader standard work",
                "Helps a team run its board and ideas",
                "Installs and sustains the system in an area; coaches leaders",
                "Deploys it across a site or firm; coaches the coaches",
            ),
        ),
        Competency.STANDARD_WORK: CompetencyText(
            title="Standard work and stability",
            kind=CompetencyKind.TECHNICAL,
            definition="Creates a stable base: 5S, standard work, TPM, job instruction",
            anchors=(
                "Not used",
                "Explains 5S and standard work",
                "Does 5S or writes standard work with help",
                "Builds stable, audited standard work with the people who do it",
                "Teaches observers and team leaders; solves hard stability cases",
            ),
        ),
        Competency.FLOW_PULL: CompetencyText(
            title="Flow and pull",
            kind=CompetencyKind.TECHNICAL,
            definition=(
                "Makes work flow at the customer's rate: takt, cells, one-piece flow, quick "
                "changeover, kanban, heijunka"
            ),
            anchors=(
                "Not used",
                "Explains takt, flow, pull",
                "Works on one element (e.g. a changeover or a kanban loop) with help",
                "Designs and starts up a flow or pull system",
                "Designs end-to-end systems, levels the schedule, teaches designers",
            ),
        ),
        Competency.PROBLEM_SOLVING: CompetencyText(
            title="Problem solving and built-in quality",
            kind=CompetencyKind.TECHNICAL,
            definition=(
                "Finds root causes scientifically and prevents recurrence at the source: PDCA, "
                "A3, 5 whys, jidoka, poka-yoke, basic statistics"
            ),
            anchors=(
                "Jumps to solutions",
                "Explains PDCA and 5 whys",
                "Completes an A3 with coaching",
                "Solves cross-functional problems; builds error-proofing; reads data",
                "Coaches A3 authors; sets up the problem-solving system",
            ),
        ),
        Competency.STRATEGY_DEPLOYMENT: CompetencyText(
            title="Strategy deployment and lean metrics",
            kind=CompetencyKind.TECHNICAL,
            definition=(
                "Connects strategy to the front line and shows the business result: hoshin, "
                "targets, measures, lean accounting basics"
            ),
            anchors=(
                "Not known",
                "Explains hoshin and main measures",
                "Fills a deployment sheet and tracks measures with help",
                "Runs catchball and reviews for a site or business; shows financial effect",
                "Designs deployment for the enterprise; teaches executives",
            ),
        ),
    }
)
