using System.Collections.Immutable;
using Nadhir.Identification;

namespace Nadhir.Incidents;

/// <summary>
/// Books of what was said and filed: incidents, claims with who said them, documents, statements, case files, and the log.
/// A later claim stands beside the earlier one; nothing becomes a fact here. The log keeps the latest 200 rows on the
/// board (all of them are in the journal).
/// </summary>
sealed class IncidentDesk
{
    const int LogRows = 200;
    readonly SortedDictionary<string, IncidentRow> incidents = new(StringComparer.Ordinal);
    readonly ClaimBook claims = new();
    readonly CaseDesk cases = new();
    readonly StatementDesk statements;
    readonly PaperDesk papers;
    readonly IncursionDesk incursions;
    readonly Queue<LogRow> log = new();

    /// <param name="isEvidence">Whether an id is one of a crossing or alert on record.</param>
    public IncidentDesk(PaperDesk papers, IncursionDesk incursions, Func<string, bool> isEvidence)
    {
        (this.papers, this.incursions) = (papers, incursions);
        statements = new(claims.IsAccepted, id => claims.HasDocument(id) || incursions.Has(id) || isEvidence(id));
    }

    public ImmutableArray<IncidentRow> Incidents => [.. incidents.Values];
    public ImmutableArray<ClaimRow> Claims => claims.Loose;
    public ImmutableArray<DocumentRow> Documents => claims.Documents;
    public ImmutableArray<StatementRow> Statements => statements.Rows;
    public ImmutableArray<LogRow> Log => [.. log];

    public ImmutableArray<CaseRow> CasesAt(DateTimeOffset now) => cases.At(now);

    public void Handle(OpenIncident order, ImmutableArray<int> tracks, DateTimeOffset now, List<Decision> decisions)
    {
        Cause? fault = incidents.ContainsKey(order.Incident) ? Cause.Of(CauseCode.Exists, order.Incident)
            : incidents.Count >= CommandCheck.MostIncidents ? Cause.Of(CauseCode.ThereAre, CommandCheck.MostIncidents, "incidents") : null;
        if (fault is null)
            incidents[order.Incident] = new IncidentRow
            {
                Id = order.Incident, Title = order.Title, Zone = order.Zone, OpenedAt = now, Tracks = tracks,
            };
        Answer(fault, "incident.open", "incident", order.Incident, decisions);
    }

    /// <summary>Whether the command is one of these books, which then has been carried out or refused.</summary>
    public bool TryHandle(Command command, DateTimeOffset now, List<Decision> decisions)
    {
        (string name, string what, string id, Cause? fault) = command switch
        {
            RecordClaim c => ("claim.record", "claim", c.Claim, Record(c, now)),
            RecordStatement c => ("statement.record", "statement", c.Statement, Record(c, now)),
            AddSource c => ("source.add", "source", c.Source, claims.Add(c, now)),
            ReviseClaim c => ("claim.revise", "claim.revised", c.Claim, Renew(claims.Revise(c, now, out string? at), at)),
            AcceptClaim c => ("claim.accept", "claim.accepted", c.Claim,
                Renew(claims.Decide(c.Claim, ClaimState.Accepted, c.By, "", now, out string? at), at)),
            RejectClaim c => ("claim.reject", "claim.rejected", c.Claim,
                Renew(claims.Decide(c.Claim, ClaimState.Rejected, c.By, c.Reason, now, out string? at), at)),
            DraftStatement c => ("statement.draft", "statement.draft", c.Statement, Unknown(c.Incident) ?? statements.Handle(c, now)),
            ApproveStatement c => ("statement.approve", "statement.approved", c.Statement, statements.Handle(c, now)),
            PublishStatement c => ("statement.publish", "statement.published", c.Statement, statements.Handle(c, now)),
            CorrectStatement c => ("statement.correct", "statement.correction", c.Statement, statements.Handle(c, now)),
            RecordMandate c => ("mandate.record", "mandate", c.Mandate, UnknownSource(c.Source) ?? papers.Handle(c, now)),
            RecordAuthorisation c => ("authorisation.record", "authorisation", c.Authorisation.Id, papers.Handle(c, now)),
            AmendIncursion c => ("incursion.amend", "incursion.amended", c.Incursion, incursions.Handle(c, now)),
            OpenCase c => ("case.open", "case", c.Case, Unknown(c.Incident) ?? cases.Handle(c, now)),
            SetCaseDeadline c => ("case.deadline", "case.deadline", c.Case, cases.Handle(c)),
            MeetCaseDeadline c => ("case.met", "case.met", c.Case, cases.Handle(c, now)),
            AddToCase c => ("case.add", "case.item", c.Case, UnknownSource(c.Source) ?? cases.Handle(c, now)),
            LookAtCase c => ("case.look", "case.look", c.Case, cases.Handle(c, now)),
            _ => ("", "", "", null),
        };
        if (name.Length == 0) return false;
        Answer(fault, name, what, id, decisions);
        return true;
    }

    /// <summary>What people should know of a message: that it did not leave, or that not all is as it should be.</summary>
    public void Note(MessageReceipt message, DateTimeOffset now)
    {
        if (!message.Ok)
        {
            Note(now, "outlet", message.Outlet, $"message {message.Message} did not leave: {message.Detail}",
                Cause.Saying(CauseCode.Several, Cause.Of(CauseCode.DidNotLeave, message.Message),
                    message.Cause ?? Cause.Of(CauseCode.AsSaid, message.Detail)));
        }
        else if (message.Finding is { } finding)
        {
            Cause found = Cause.Of(CauseCode.MessageFinding, message.Message, finding);
            Note(now, "outlet", message.Outlet, found.Words, found);
        }
    }

    public void Note(DateTimeOffset now, string kind, string by, string text, Cause? cause = null, string? command = null)
    {
        if (log.Count == LogRows) log.Dequeue();
        log.Enqueue(new LogRow(now, kind, by, text) { Cause = cause, Command = command });
    }

    Cause? Record(RecordClaim claim, DateTimeOffset now)
    {
        if (claim.Incident is { } incident)
        {
            if (Unknown(incident) is { } fault) return fault;
            if (claims.CountOf(incident) >= CommandCheck.MostClaims) return Cause.Of(CauseCode.HasSoMany, incident, CommandCheck.MostClaims, "claims");
        }

        Cause? refused = claims.Add(claim, now);
        if (refused is null && claim.Incident is null)
        {
            Cause told = Cause.Of(CauseCode.ClaimOf, claim.Text, claim.Attribution);
            Note(now, "claim", claim.By, told.Words, told);
        }

        return Renew(refused, claim.Incident);
    }

    Cause? Record(RecordStatement statement, DateTimeOffset now)
    {
        if (Unknown(statement.Incident) is { } fault) return fault;
        if (statements.IsFull) return Cause.Of(CauseCode.ThereAre, CommandCheck.MostStatements, "statements");
        statements.Add(new StatementRow(statement.Statement, statement.Speaker, now, statement.Claims) { Incident = statement.Incident });
        return null;
    }

    /// <summary>After claims have changed: the incident's rows and what statements rest on.</summary>
    Cause? Renew(Cause? fault, string? incident)
    {
        if (fault is not null) return fault;
        statements.Recheck();
        if (incident is null || !incidents.TryGetValue(incident, out IncidentRow? row)) return null;
        ImmutableArray<ClaimRow> all = claims.OfIncident(incident);
        incidents[incident] = row with { Claims = all, Casualties = ClaimConflicts.Casualties(all) };
        return null;
    }

    Cause? Unknown(string? incident) => incident is null || incidents.ContainsKey(incident) ? null : Cause.Of(CauseCode.NoSuch, "incident", incident);

    Cause? UnknownSource(string? source) => source is null || claims.HasDocument(source) ? null : Cause.Of(CauseCode.NoSuch, "source", source);

    static void Answer(Cause? fault, string command, string what, string id, List<Decision> decisions) =>
        decisions.Add(fault is null ? new Recorded(what, id) : new CommandRefused(command, fault.Words) { Cause = fault });
}
