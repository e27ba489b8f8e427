"""What each of the sixteen competencies means and how its five levels show in behaviour."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from mentormatch.domain.competencies import Competency, CompetencyKind
from mentormatch.domain.sentences import said


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
            title=said("Strategic orientation"),
            kind=CompetencyKind.CORE,
            definition=said("Sees the whole business and links improvement work to where the enterprise must go"),
            anchors=(
                said("Works only on the task at hand"),
                said("Can state the company goals and how the own work relates"),
                said("Turns a given goal into a plan for the own area, with help"),
                said("Sets multi-year improvement priorities for several areas and defends trade-offs"),
                said("Shapes enterprise strategy with executives and teaches leaders to think this way"),
            ),
        ),
        Competency.CHANGE_LEADERSHIP: CompetencyText(
            title=said("Change leadership"),
            kind=CompetencyKind.CORE,
            definition=said("Moves people and the organisation from the present way to a new one and keeps them there"),
            anchors=(
                said("Waits for or resists change"),
                said("Explains why a change is needed"),
                said("Supports a change: finds stakeholders, answers resistance, with backing"),
                said("Leads a contested change across functions and sustains it"),
                said("Builds other change leaders; has led an enterprise-wide change"),
            ),
        ),
        Competency.GROUP_FACILITATION: CompetencyText(
            title=said("Group leadership / facilitation"),
            kind=CompetencyKind.CORE,
            definition=said("Leads a group, without formal power, to a result it owns"),
            anchors=(
                said("Has not led a group"),
                said("Knows the phases of a team event and the ground rules"),
                said("Co-facilitates; handles routine agendas"),
                said("Facilitates cross-functional groups alone, manages conflict, reaches outcomes"),
                said("Trains and certifies facilitators; rescues groups that are stuck"),
            ),
        ),
        Competency.FOCUS_ACCOUNTABILITY: CompetencyText(
            title=said("Focus and accountability"),
            kind=CompetencyKind.CORE,
            definition=said("Keeps self and others on the vital few, and honours commitments in the open"),
            anchors=(
                said("Misses commitments silently"),
                said("Tracks own actions"),
                said("Runs an action list for a team, escalates late"),
                said("Sets clear targets, reviews them in rhythm, closes gaps to the end"),
                said("Builds an accountability rhythm others run without them"),
            ),
        ),
        Competency.TALENT_DEVELOPMENT: CompetencyText(
            title=said("Talent development"),
            kind=CompetencyKind.CORE,
            definition=said("Makes other people more able, on purpose"),
            anchors=(
                said("Shares knowledge only if asked"),
                said("Knows basic training and feedback methods"),
                said("Trains and gives feedback with a set plan"),
                said("Coaches several people with development plans and visible growth"),
                said("Builds the system: succession, curriculum, coaches of coaches"),
            ),
        ),
        Competency.FLEXIBILITY: CompetencyText(
            title=said("Flexibility"),
            kind=CompetencyKind.CORE,
            definition=said("Adapts method and style to facts and people without losing the aim"),
            anchors=(
                said("One way for every case"),
                said("Recognises that the case differs"),
                said("Adjusts the plan when told or shown"),
                said("Changes approach in the moment, in new settings and cultures"),
                said("Anticipates, prepares alternatives, and helps others let go of fixed ideas"),
            ),
        ),
        Competency.INTERPERSONAL_UNDERSTANDING: CompetencyText(
            title=said("Interpersonal understanding"),
            kind=CompetencyKind.CORE,
            definition=said("Hears what others think and feel, spoken or not, and acts on it with respect"),
            anchors=(
                said("Misses reactions"),
                said("Listens and notes stated concerns"),
                said("Reads open emotions; asks good questions"),
                said("Understands unspoken concerns and motives; adjusts coaching"),
                said("Understands long-standing patterns between groups; teaches humble enquiry"),
            ),
        ),
        Competency.SELF_MANAGEMENT: CompetencyText(
            title=said("Self-management"),
            kind=CompetencyKind.CORE,
            definition=said("Steers own energy, emotion, learning and time; models what is preached"),
            anchors=(
                said("Reactive; needs to be steered"),
                said("Knows own triggers and gaps"),
                said("Keeps a learning plan and calm in ordinary pressure"),
                said("Steady under attack; studies, reflects and follows own standard work"),
                said("Role model; others copy the routines; coaches resilience"),
            ),
        ),
        Competency.LEAN_PRINCIPLES: CompetencyText(
            title=said("Lean principles and waste"),
            kind=CompetencyKind.TECHNICAL,
            definition=(
                said(
                    "Understands why lean works: customer value, flow, pull, respect, and sees muda, "
                    "mura, muri at the gemba"
                )
            ),
            anchors=(
                said("Cannot name the principles"),
                said("Names principles and wastes with examples"),
                said("Finds waste on a gemba walk with a checklist or coach"),
                said("Sees waste and its causes in any process, factory or office; argues from principles"),
                said("Teaches the principles; leads gemba walks for executives"),
            ),
        ),
        Competency.VALUE_STREAM_ANALYSIS: CompetencyText(
            title=said("Value stream analysis"),
            kind=CompetencyKind.TECHNICAL,
            definition=said(
                "Maps current and future state of a whole stream and turns the gap into an improvement plan"
            ),
            anchors=(
                said("Never took part"),
                said("Reads a map"),
                said("Took part; draws a current state with help"),
                said("Leads analysis, future state and value stream improvement plan"),
                said("Has led several, across functions; teaches others to lead"),
            ),
        ),
        Competency.KAIZEN_EVENTS: CompetencyText(
            title=said("Kaizen event management"),
            kind=CompetencyKind.TECHNICAL,
            definition=said("Runs events by standard work from selection and planning to execution and follow-through"),
            anchors=(
                said("Never took part"),
                said("Took part in one or more events"),
                said("Co-leads an event; does the pre-event work"),
                said("Leads events with sustained results after follow-through"),
                said("Owns the event standard work; develops event leaders"),
            ),
        ),
        Competency.DAILY_KAIZEN: CompetencyText(
            title=said("Daily kaizen and lean management system"),
            kind=CompetencyKind.TECHNICAL,
            definition=(
                said(
                    "Makes improvement daily: visual boards, short meetings, leader standard work, "
                    "suggestions, process audits"
                )
            ),
            anchors=(
                said("No daily routine known"),
                said("Explains boards, huddles, leader standard work"),
                said("Helps a team run its board and ideas"),
                said("Installs and sustains the system in an area; coaches leaders"),
                said("Deploys it across a site or firm; coaches the coaches"),
            ),
        ),
        Competency.STANDARD_WORK: CompetencyText(
            title=said("Standard work and stability"),
            kind=CompetencyKind.TECHNICAL,
            definition=said("Creates a stable base: 5S, standard work, TPM, job instruction"),
            anchors=(
                said("Not used"),
                said("Explains 5S and standard work"),
                said("Does 5S or writes standard work with help"),
                said("Builds stable, audited standard work with the people who do it"),
                said("Teaches observers and team leaders; solves hard stability cases"),
            ),
        ),
        Competency.FLOW_PULL: CompetencyText(
            title=said("Flow and pull"),
            kind=CompetencyKind.TECHNICAL,
            definition=(
                said(
                    "Makes work flow at the customer's rate: takt, cells, one-piece flow, quick "
                    "changeover, kanban, heijunka"
                )
            ),
            anchors=(
                said("Not used"),
                said("Explains takt, flow, pull"),
                said("Works on one element (e.g. a changeover or a kanban loop) with help"),
                said("Designs and starts up a flow or pull system"),
                said("Designs end-to-end systems, levels the schedule, teaches designers"),
            ),
        ),
        Competency.PROBLEM_SOLVING: CompetencyText(
            title=said("Problem solving and built-in quality"),
            kind=CompetencyKind.TECHNICAL,
            definition=(
                said(
                    "Finds root causes scientifically and prevents recurrence at the source: PDCA, "
                    "A3, 5 whys, jidoka, poka-yoke, basic statistics"
                )
            ),
            anchors=(
                said("Jumps to solutions"),
                said("Explains PDCA and 5 whys"),
                said("Completes an A3 with coaching"),
                said("Solves cross-functional problems; builds error-proofing; reads data"),
                said("Coaches A3 authors; sets up the problem-solving system"),
            ),
        ),
        Competency.STRATEGY_DEPLOYMENT: CompetencyText(
            title=said("Strategy deployment and lean metrics"),
            kind=CompetencyKind.TECHNICAL,
            definition=(
                said(
                    "Connects strategy to the front line and shows the business result: hoshin, "
                    "targets, measures, lean accounting basics"
                )
            ),
            anchors=(
                said("Not known"),
                said("Explains hoshin and main measures"),
                said("Fills a deployment sheet and tracks measures with help"),
                said("Runs catchball and reviews for a site or business; shows financial effect"),
                said("Designs deployment for the enterprise; teaches executives"),
            ),
        ),
    }
)
