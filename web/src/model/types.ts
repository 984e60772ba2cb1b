// The shapes of the server's JSON (docs/api.md). Times are ISO 8601 in UTC.

export interface GeoPoint { latitudeDegrees: number; longitudeDegrees: number }
export interface Area { centre?: GeoPoint; radiusMetres: number; rings: GeoPoint[][] }

export type AlertState = 'Watch' | 'Warning' | 'AllClear' | 'Closed' | 'Correction';
export type ThreatKind = 'Aircraft' | 'LowSlow' | 'CruiseType' | 'Ballistic' | 'Unknown';
export type SensorState = 'NotSeen' | 'Working' | 'Lost' | 'Off';
export type SirenState = 'Unknown' | 'Ready' | 'Commanded' | 'Acknowledged' | 'Sounding' | 'Failed' | 'LinkDown';
export type MeasureState = 'Ordered' | 'UnderWay' | 'Reported' | 'Done' | 'Checked' | 'Ended';
export type ReadinessStatus = 'Unknown' | 'Active' | 'Standby' | 'Inactive';
export type DirectiveState = 'Issued' | 'Delivered' | 'Acknowledged' | 'UnderWay' | 'Done' | 'NotPossible' | 'Overdue';
export type IdentityKind = 'NonCooperative' | 'Cooperative' | 'Authorised';
export type TrackStatus = 'Tentative' | 'Confirmed' | 'Coasting' | 'Dropped';

export interface Named { id: string; name: string; names?: Record<string, string> }
export interface Zone extends Named { parent?: string; area: Area; secondsToShelter: number; kinds?: Partial<Record<ThreatKind, KindPolicy>> }
export interface Sensor extends Named {
  kind: string; feed: string; rangeMetres: number; antennaMetres?: number;
  position: GeoPoint & { heightMetres: number };
}
export interface Site extends Named { zone: string; position: GeoPoint; restricted: boolean; ladder?: string }
export interface Ladder {
  id: string; phases: string[]; measures: Record<string, string[]>; threatLevels: string[];
  duties: { kind: string; role: string }[];
  /** What its phases, measures and threat levels are called, by language. */
  names?: Record<string, Record<string, string>>;
}
export interface Formation extends Named { parent?: string; persons: string[] }
export interface Siren extends Named { zone: string; site?: string; position: GeoPoint }
export interface Border extends Named { home: Area; uncertaintyMetres: number; source: string }

export interface Configuration {
  name: string; names?: Record<string, string>; exercise: boolean; sender: string; timeZone: string; origin: GeoPoint;
  operator: boolean; observer?: boolean; signIn: 'token' | 'loopback';
  /** A closed record is looked at: nothing is live. */
  review?: boolean;
  zones: Zone[]; sensors: Sensor[]; sites: Site[]; sirens: Siren[]; borders: Border[]; feeds: string[];
  ladder: Ladder; ladders: Ladder[]; formations: Formation[];
  map?: MapSources;
  warning: {
    warningRelease: Release; allClearByPerson: boolean; kinds?: Partial<Record<ThreatKind, KindPolicy>>;
    escalation?: { after: string; to: string }[];
  };
}
/** Maps of others, where one is configured: tiles in a file of ours, or a service. */
export interface MapSources {
  /** Districts as whoever runs the system has them. */
  districts?: { address: string; attribution: string };
  tiles?: { address: string; attribution: string };
  wms?: { address: string; layers: string; attribution: string };
}
export type Release = 'Automatic' | 'OnePerson' | 'TwoPersons';
export interface KindPolicy { warningRelease?: Release }

/** A sentence, written beforehand, that people add to what an alert tells people to do. */
export type Advice = 'None' | 'StayInside' | 'AwayFromWindows' | 'FallingDebris' | 'ClearRoads' | 'OfficialWordOnly';
export interface AlertRow {
  id: string; zone: string; state: AlertState; kind: ThreatKind; since: string; updated: string; probability: number;
  arrival?: { earliest: string; latest: string }; tracks: number[]; seenBy: string[]; reason: string; raisedBy?: string; remark?: string;
  awaitsRelease: boolean; released: string[]; awaitsAllClear: boolean; escalated: number; acknowledgedBy: string[];
  messages: string[]; deliveries: Delivery[]; updatedBy?: string; advice?: Advice; keptUntil?: string;
}
/** What an outlet last said of a message. */
export interface Delivery { outlet: string; message: string; ok: boolean; detail: string; cause?: Cause; at: string }
export type Coverage = 'None' | 'Blind' | 'Thinned' | 'Full';
export interface CoverageRow { zone: string; state: Coverage; since?: string; seenFromMetres?: number }
/** Zones not fully watched over, and those where no working sensor sees what flies low. */
export interface CoverageBoard { full: number; others: CoverageRow[]; low: CoverageRow[] }
export type DrillState = 'Planned' | 'Announced' | 'Running' | 'Over' | 'CalledOff';
export interface DrillRow {
  id: string; state: DrillState; from: string; to: string; zones: string[]; by: string;
  texts: { language: string; headline: string; description: string }[];
}
export interface Identity { kind: IdentityKind; authorisation?: string; evidence: string[] }
export interface BorderCrossed {
  crossing: string; track: number; border: string; direction: 'Inbound' | 'Outbound'; probability: number; time: string;
  earliest: string; latest: string; point: GeoPoint; sigmaMetres: number; heightMetres: number | string;
  courseDegrees: number; identity: Identity;
}
export interface MeasureRow {
  kind: string; state: MeasureState; by: string; at: string; reportedWhen: string; confidence: string; restricted: boolean;
  role: string; phase?: string; orderedBy?: string; due?: string; doneBy?: string; checkRole?: string; checkDue?: string;
  overdueSince?: string; escalated: number; note: string;
}
/** Its status is unknown once the report is too old; what was reported stands beside. */
export interface ReadinessRow {
  system: string; status: ReadinessStatus; by: string; at: string; reportedWhen: string; confidence: string; restricted: boolean;
  reported: ReadinessStatus; asOf?: string; stale: boolean;
}
export interface ThreatRow {
  level: string; source: string; reason: string; by: string; since: string; validUntil: string; expired: boolean; restricted: boolean;
}
export interface SiteRow {
  id: string; phase: string; since: string; by: string; reason: string; cause?: Cause; measures: MeasureRow[]; readiness: ReadinessRow[];
  threat?: ThreatRow; sustainableUntil?: string; standing: 'Sustained' | 'Ending' | 'Exceeded';
}
/**
 * Why something stands as it does, where the system itself says so: a code, and what fills its blanks.
 * Of several paths `figures` are their names, and `parts` what each says.
 */
export interface Cause { code: string; figures: string[]; parts?: Cause[] }
export interface HandOverItem { id: string; kind: string; detail: string; figures: string[]; cause?: Cause; aside?: string; acknowledged?: string }
export interface HandOverRow { id: string; from: string; to: string; at: string; items: HandOverItem[]; more: number; passed?: string; reason?: string }
export interface ShiftBoard { by?: string; since?: string; handOver?: HandOverRow; earlier: { by: string; from: string; to: string }[] }
export interface SirenRow {
  id: string; zone: string; state: SirenState; since: string; lastHeard?: string; detail: string; cause?: Cause; commandId?: string;
  linkUp?: boolean; link?: string; guard?: SirenGuard;
  /** The latest real order, and when it was done. */
  order?: { alert: string; action: 'Sound' | 'Silence'; tone: string; at: string; done?: string };
  /** Its word is not believed. */
  doubt?: { kind: SirenDoubt; detail: string; figure?: string; since: string };
  test?: { passed?: string; tried?: string; overdue: boolean; detail: string };
}
export type SirenGuard = 'Unknown' | 'Authenticated' | 'Unauthenticated' | 'Unfenced';
export type SirenDoubt = 'Forged' | 'Stale' | 'UnknownCommand' | 'NeverAcknowledged' | 'SoundsUnbidden' | 'Deaf';
export type SirenLack = 'Waiting' | 'Slow' | 'LinkDown' | 'Refused' | 'Failed' | 'Doubted';
/** What became of the latest order to the sirens of a zone and all that lies in it. */
export interface SirenGroupRow {
  zone: string; alert: string; action: 'Sound' | 'Silence'; tone: string; at: string; ordered: number; done: number;
  missing: { siren: string; why: SirenLack; detail: string; cause?: Cause }[];
}
export interface SirenOutletRow { lastHeard: string; lost: boolean; detail: string }
export type ClockState = 'Right' | 'Late' | 'Offset' | 'Unclear';
/** Seconds and metres told minus true: ahead, too long, too far clockwise are positive. */
export interface ClockRow { state: ClockState; aheadSeconds: number; late: number; ahead: number; leaps: number; reason: string }
export interface BiasRow {
  rangeMetres: number; sigmaRangeMetres: number; azimuthDegrees: number; sigmaAzimuthDegrees: number;
  clockSeconds: number; sigmaClockSeconds: number; samples: number; settled: boolean; corrected: boolean; fault: string;
}
export interface SensorRow {
  id: string; state: SensorState; lastSeen?: string; plots: number; plotsPerSecond: number; reason: string; cause?: Cause;
  word?: { words: string; isFault: boolean }; clock?: ClockRow; bias?: BiasRow;
}
export interface FeedRow {
  id: string; lastSeen?: string; bytes: number; arrivals: number; arrivalsPerSecond: number; lost: number;
  findings: { kind: string; detail: string }[];
  faults: { fault: string; count: number; lastDetail: string; lastCause?: Cause }[];
}
export interface FormationRow {
  formation: string; state: DirectiveState; at: string; note: string; by: string; through?: string; missing: string[];
  acknowledgements: { by: string; at: string }[]; overdue?: 'Acknowledgement' | 'Completion' | 'Renewal'; overdueSince?: string;
  escalated: number; awaitsApproval: boolean; approvedBy?: string;
}
export interface DirectiveRow {
  id: string; content?: string; contentNotReported: boolean; count: string; attribution: string; by: string; issuedAt: string;
  deadline?: string; completeBy?: string; formations: FormationRow[];
}
export interface ClaimRow {
  id: string; kind: string; text: string; attribution: string; by: string; at: string; killed?: number; injured?: number;
  grading: string; state: ClaimState; chain: string[]; time?: { words: string; earliest?: string; latest?: string }; place?: string;
  source?: string; subject?: string; incident?: string; protectedSource?: string; decided?: Decided;
  revisions: { at: string; by: string; reason: string; text: string; killed?: number; injured?: number; grading: string }[];
  conflicts: { with: string; about: string; here: string; there: string }[];
}
export interface Decided { by: string; at: string; reason: string }
export type ClaimState = 'Accepted' | 'Proposed' | 'Rejected';
export interface CasualtyRow { killed?: number; injured?: number; status: string; claim: string; attribution: string; revisions: { claim: string }[] }
export interface IncidentRow {
  id: string; title: string; zone: string; openedAt: string; claims: ClaimRow[]; tracks: number[]; casualties?: CasualtyRow;
}
export interface SentenceRow { text: string; claims: string[]; evidence: string[]; position: boolean; linked: boolean }
export interface StatementRow {
  id: string; speaker: string; at: string; claims: string[]; state: 'Recorded' | 'Draft' | 'Approved' | 'Published'; version: number;
  sentences: SentenceRow[]; embargo?: string; unlinked: number; correctionReason?: string;
  incident?: string; draftedBy: string[]; approved?: Decided; published?: Decided;
  earlier: { version: number; sentences: SentenceRow[]; published?: Decided; correctionReason?: string }[];
}
export interface IncursionRow {
  id: string; border: string; state: 'Inside' | 'Left' | 'LostInside'; tracks: number[];
  lines: { item: string; value: string; probability?: number; source: string; cause?: Cause; basis?: Cause }[];
  amendments: { item: string; value: string; basis: string; by: string; at: string }[];
}
export interface DocumentRow {
  id: string; title: string; publisher: string; obtained: string; sha256: string; by: string; at: string; published?: string;
  textIsDocument?: boolean; characters: number;
}
export interface MandateVersion {
  mandate: { id: string; text: string; statedBy: string; termsKnown: boolean }; version: number; recordedAt: string; by: string;
  validFrom?: string; validTo?: string; source?: string;
}
export interface Authorisation {
  id: string; holder: string; basis: string; activity: string; mandate?: string; validFrom: string; validTo: string;
  mode3A: string[]; addresses: string[]; callsigns: string[];
}
export interface AuthorisationVersion { authorisation: Authorisation; version: number; recordedAt: string; by: string; reason: string }
/** How a flight compares with what is on file. */
export interface ConformityRow { track: number; finding: 'Within' | 'OnFileButDiffers' | 'NoRecord'; words: string; causes?: Cause[]; at: string; authorisation?: string }
export interface PaperBoard { mandates: MandateVersion[]; authorisations: AuthorisationVersion[]; conformity: ConformityRow[]; forgotten: number }
export interface CaseItem { kind: 'Note' | 'Addressee' | 'Answer' | 'Document'; text: string; source?: string; by: string; at: string }
export interface CaseLook { access: 'Viewed' | 'Exported'; by: string; at: string }
export interface CaseAnswer { case: CaseRow; items: CaseItem[]; looks: CaseLook[] }
export interface HealthFigure { name: string; value: number; limit?: number }
export interface HealthReport {
  status: string; now: string; boardsAt: string; sequence: number; faults: string[]; figures?: HealthFigure[]; outlets?: string[];
}
export interface CaseRow {
  id: string; track: 'Legal' | 'Diplomatic'; title: string; items: number; looks: number; incident?: string; by: string; openedAt: string;
  deadlines: { id: string; what: string; due: string; to?: string; overdue: boolean; met?: { by: string; at: string } }[];
}
export interface LogRow { at: string; kind: string; by: string; text: string; cause?: Cause; command?: string }

/** Sections arrive apart; one that has not arrived is absent, which is not the same as empty. */
export interface Boards {
  alerts?: AlertRow[]; coverage?: CoverageBoard; drills?: DrillRow[]; crossings?: BorderCrossed[]; sites?: SiteRow[]; sirens?: SirenRow[]; sensors?: SensorRow[];
  sirenGroups?: SirenGroupRow[]; sirenOutlet?: SirenOutletRow | null;
  feeds?: FeedRow[]; directives?: DirectiveRow[]; shift?: ShiftBoard; incidents?: IncidentRow[]; statements?: StatementRow[]; log?: LogRow[];
  claims?: ClaimRow[]; incursions?: IncursionRow[]; cases?: CaseRow[]; documents?: DocumentRow[]; papers?: PaperBoard;
}
export interface BoardsEvent extends Boards { now: string; sequence: number; withheld: number }
export interface Heartbeat { now: string; boardsAt: string; operator: boolean; faults: string[]; causes?: Cause[] }

/** Where a falling track comes down: the ellipse holds 95 %, the interval of time 90 %. */
export interface TrackImpact extends GeoPoint {
  earliest: string; latest: string; semiMajorMetres: number; semiMinorMetres: number; bearingDegrees: number;
}
export interface TrackDescription {
  id: number; status: TrackStatus; identity: IdentityKind; authorisation?: string; evidence: string[]; causes?: Cause[]; callsign?: string;
  mode3A?: string; address?: string; firstSeen: string; sensors: string[];
  impact?: TrackImpact;
  /** Between which courses it goes on within so many seconds: half of them, and nine tenths; of what puts a zone at risk. */
  ahead?: { courseDegrees: number; halfDegrees: number; mostDegrees: number; seconds: number };
  reportedAs: { sensor: string; class: string; confidence?: number; levelDecibels?: number }[];
  reportDoubt?: { trust: 'Doubted' | 'Refuted'; reason: string; cause?: Cause };
}

export type Command = { type: string; by: string } & Record<string, unknown>;
