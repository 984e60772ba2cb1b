using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace Nadhir.Incidents;

/// <summary>
/// Documents and the claims taken from them. A claim is told anew, accepted or rejected; nothing is ever taken out. Claims
/// of one subject are compared with each other.
/// </summary>
sealed class ClaimBook
{
    const int MostCompared = 200;
    readonly List<ClaimRow> rows = [];
    readonly Dictionary<string, int> placeOf = new(StringComparer.Ordinal);
    readonly Dictionary<string, List<int>> bySubject = new(StringComparer.Ordinal), byIncident = new(StringComparer.Ordinal);
    readonly SortedDictionary<string, DocumentRow> documents = new(StringComparer.Ordinal);
    ImmutableArray<ClaimRow> loose = [];
    ImmutableArray<DocumentRow> documentRows = [];
    int looseCount, documentText;
    bool looseChanged;

    /// <summary>Claims of no incident.</summary>
    public ImmutableArray<ClaimRow> Loose
    {
        get
        {
            if (looseChanged) loose = [.. rows.Where(row => row.Incident is null)];
            looseChanged = false;
            return loose;
        }
    }

    public ImmutableArray<DocumentRow> Documents => documentRows;

    public bool HasDocument(string id) => documents.ContainsKey(id);

    public bool IsAccepted(string claim) => placeOf.TryGetValue(claim, out int at) && rows[at].State == ClaimState.Accepted;

    public ImmutableArray<ClaimRow> OfIncident(string incident) =>
        byIncident.TryGetValue(incident, out List<int>? places) ? [.. places.Select(at => rows[at])] : [];

    public int CountOf(string incident) => byIncident.TryGetValue(incident, out List<int>? places) ? places.Count : 0;

    public Cause? Add(AddSource order, DateTimeOffset now)
    {
        if (documents.ContainsKey(order.Source)) return Cause.Of(CauseCode.Exists, order.Source);
        if (documents.Count >= CommandCheck.MostDocuments) return Cause.Of(CauseCode.ThereAre, CommandCheck.MostDocuments, "documents");
        int length = order.Text?.Length ?? 0;
        if (documentText + length > CommandCheck.MostDocumentText) return Cause.Of(CauseCode.DocumentsFull, CommandCheck.MostDocumentText);
        documentText += length;
        string sha256 = order.Sha256.ToLowerInvariant();
        documents[order.Source] = new DocumentRow(order.Source, order.Title, order.Publisher, order.Obtained, sha256, order.By, now)
        {
            Published = order.Published,
            Text = order.Text,
            Characters = length,
            TextIsDocument = order.Text is null ? null
                : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(order.Text))) == sha256,
        };
        documentRows = [.. documents.Values];
        return null;
    }

    /// <summary>Why the claim cannot be taken, or null. Plain claims of earlier records are taken whatever they repeat.</summary>
    public Cause? Add(RecordClaim claim, DateTimeOffset now)
    {
        if (!claim.IsPlain && placeOf.ContainsKey(claim.Claim)) return Cause.Of(CauseCode.ReviseIt, claim.Claim);
        if (claim.Source is { } source && QuoteFault(claim, source) is { } fault) return fault;
        if (claim.Incident is null)
        {
            // A plain one has always been taken; beyond the limit the board shows it in the log alone.
            if (looseCount >= CommandCheck.MostLooseClaims)
                return claim.IsPlain ? null : Cause.Of(CauseCode.ThereAre, CommandCheck.MostLooseClaims, "claims of no incident");
            looseCount++;
        }

        placeOf.TryAdd(claim.Claim, rows.Count);
        if (claim.Incident is { } incident) Among(byIncident, incident).Add(rows.Count);
        if (SubjectOf(claim) is { } subject) Among(bySubject, subject).Add(rows.Count);
        rows.Add(new ClaimRow(claim.Claim, claim.Kind, claim.Text, claim.Attribution, claim.By, now, claim.Killed, claim.Injured, claim.Grading)
        {
            Incident = claim.Incident,
            Speaker = claim.Speaker,
            Chain = claim.Chain,
            Time = claim.Time,
            Place = claim.Place,
            Subject = claim.Subject,
            Source = claim.Source,
            From = claim.From,
            To = claim.To,
            ProtectedSource = claim.ProtectedSource,
            Figures = claim.Figures,
            State = claim.Proposed ? ClaimState.Proposed : ClaimState.Accepted,
        });
        Changed(rows.Count - 1);
        return null;
    }

    /// <summary>Why not, or null; with the incident whose claims changed.</summary>
    public Cause? Revise(ReviseClaim order, DateTimeOffset now, out string? incident)
    {
        incident = null;
        if (!placeOf.TryGetValue(order.Claim, out int at)) return Cause.Of(CauseCode.NoSuch, "claim", order.Claim);
        ClaimRow row = rows[at];
        incident = row.Incident;
        if (row.Revisions.Length >= CommandCheck.MostRevisions) return Cause.Of(CauseCode.HasSoMany, row.Id, CommandCheck.MostRevisions, "revisions");
        if (order.Text is not null && row.Source is not null) return Cause.Of(CauseCode.QuotedWords);
        string? subject = SubjectOf(row);
        rows[at] = row with
        {
            Text = order.Text ?? row.Text,
            Attribution = order.Attribution ?? row.Attribution,
            Grading = order.Grading ?? row.Grading,
            Killed = order.Killed ?? row.Killed,
            Injured = order.Injured ?? row.Injured,
            Time = order.Time ?? row.Time,
            Place = order.Place ?? row.Place,
            Subject = order.Subject ?? row.Subject,
            Revisions = row.Revisions.Add(new(now, order.By, order.Reason, row.Text, row.Attribution, row.Killed, row.Injured,
                row.Grading, row.Time, row.Place)),
        };
        if (SubjectOf(rows[at]) is { } another && another != subject)
        {
            if (subject is not null) bySubject[subject].Remove(at);
            Among(bySubject, another).Add(at);
            rows[at] = rows[at] with { Conflicts = [] };
            if (subject is not null) Compare(bySubject[subject]);
        }

        Changed(at);
        return null;
    }

    public Cause? Decide(string claim, ClaimState state, string by, string reason, DateTimeOffset now, out string? incident)
    {
        incident = null;
        if (!placeOf.TryGetValue(claim, out int at)) return Cause.Of(CauseCode.NoSuch, "claim", claim);
        if (rows[at].State != ClaimState.Proposed) return Cause.Of(CauseCode.IsStateAlready, claim, rows[at].State.ToString().ToLowerInvariant());
        incident = rows[at].Incident;
        rows[at] = rows[at] with { State = state, Decided = new(by, now, reason) };
        Changed(at);
        return null;
    }

    Cause? QuoteFault(RecordClaim claim, string source)
    {
        if (!documents.TryGetValue(source, out DocumentRow? document)) return Cause.Of(CauseCode.NoSuch, "source", source);
        if (claim.From is not { } from || claim.To is not { } to) return null;
        if (document.Text is null) return null;
        if (to > document.Text.Length) return Cause.Of(CauseCode.ShorterThanThat, source, document.Text.Length);
        return document.Text.AsSpan(from, to - from).SequenceEqual(claim.Text) ? null : Cause.Of(CauseCode.NotItsWords, source, from);
    }

    void Changed(int at)
    {
        if (rows[at].Incident is null) looseChanged = true;
        if (SubjectOf(rows[at]) is { } subject) Compare(bySubject[subject]);
    }

    void Compare(List<int> places)
    {
        // Each with each: of a subject with very many claims, the latest.
        List<int> compared = places.Count <= MostCompared ? places : places[^MostCompared..];
        foreach (int at in compared)
        {
            ImmutableArray<ClaimConflict> found = ClaimConflicts.Of(rows[at], compared.Where(other => other != at).Select(other => rows[other]));
            if (found.AsSpan().SequenceEqual(rows[at].Conflicts.AsSpan())) continue;
            rows[at] = rows[at] with { Conflicts = found };
            if (rows[at].Incident is null) looseChanged = true;
        }
    }

    static string? SubjectOf(RecordClaim claim) => Subject(claim.Subject, claim.Kind, claim.Incident);

    static string? SubjectOf(ClaimRow row) => Subject(row.Subject, row.Kind, row.Incident);

    static string? Subject(string? given, string kind, string? incident) =>
        given is not null ? $"{incident}\n{given}" : incident is not null && kind == ClaimConflicts.Casualty ? $"{incident}\n{kind}" : null;

    static List<int> Among(Dictionary<string, List<int>> lists, string key) =>
        lists.TryGetValue(key, out List<int>? list) ? list : lists[key] = [];
}
