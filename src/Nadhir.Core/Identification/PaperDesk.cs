using System.Collections.Immutable;

namespace Nadhir.Identification;

/// <summary>
/// Agreements and permissions in all their versions, and how flights compare with those in force. It states what is on
/// file and what is not; what that means is for people to say.
/// </summary>
sealed class PaperDesk
{
    /// <summary>Flights whose finding the board keeps.</summary>
    const int MostFindings = 2000;

    readonly List<MandateVersion> mandates = [];
    readonly List<AuthorisationVersion> authorisations = [];
    readonly Dictionary<string, AuthorisationVersion> newest = new(StringComparer.Ordinal);
    readonly Dictionary<int, ConformityRow> findings = [];
    readonly Queue<int> order = new();
    readonly int configured;
    PaperBoard? shown;
    long forgotten;

    public PaperDesk(WatchConfiguration configuration, DateTimeOffset start)
    {
        foreach (Mandate mandate in configuration.Mandates) mandates.Add(new(mandate, 1, start, ""));
        foreach (Authorisation authorisation in configuration.Authorisations) Add(authorisation, start, "", "configuration");
        configured = mandates.Count + authorisations.Count;
    }

    /// <summary>The newest version of each.</summary>
    public ImmutableArray<Authorisation> Authorisations => [.. newest.Values.Select(version => version.Authorisation)];

    public PaperBoard Board => shown ??= new([.. mandates], [.. authorisations],
        [.. order.Select(track => findings[track])], forgotten);

    public Cause? Handle(RecordMandate record, DateTimeOffset now)
    {
        if (IsFull) return Cause.Of(CauseCode.ThereAre, CommandCheck.MostPapers, "versions of mandates and authorisations");
        Mandate mandate = new() { Id = record.Mandate, Text = record.Text, StatedBy = record.StatedBy, TermsKnown = record.TermsKnown };
        int version = 1 + mandates.Where(each => each.Mandate.Id == mandate.Id).Select(each => each.Version).DefaultIfEmpty(0).Max();
        mandates.Add(new(mandate, version, now, record.By) { ValidFrom = record.ValidFrom, ValidTo = record.ValidTo, Source = record.Source });
        shown = null;
        return null;
    }

    public Cause? Handle(RecordAuthorisation record, DateTimeOffset now)
    {
        if (IsFull) return Cause.Of(CauseCode.ThereAre, CommandCheck.MostPapers, "versions of mandates and authorisations");
        if (record.Authorisation.Mandate is { } mandate && mandates.All(each => each.Mandate.Id != mandate)) return Cause.Of(CauseCode.NoSuch, "mandate", mandate);
        Add(record.Authorisation, now, record.By, record.Reason);
        return null;
    }

    /// <summary>How a flight compares, from what it says of itself.</summary>
    public void Compare(int track, Identity identity, DateTimeOffset now)
    {
        AuthorisationVersion? version = identity.Authorisation is { } id ? newest.GetValueOrDefault(id) : null;
        (Conformity finding, ImmutableArray<Cause> causes) = identity.Kind == IdentityKind.Authorised
            ? (Conformity.Within, [Cause.Of(CauseCode.WithinPaper, identity.Authorisation ?? "")])
            : identity.Differences.IsEmpty ? (Conformity.NoRecord, [Cause.Of(CauseCode.NoRecordFound)])
            : (Conformity.OnFileButDiffers, identity.Differences);
        if (!findings.ContainsKey(track))
        {
            if (order.Count == MostFindings)
            {
                findings.Remove(order.Dequeue());
                forgotten++;
            }

            order.Enqueue(track);
        }

        findings[track] = new ConformityRow(track, finding, string.Join("; ", causes.Select(cause => cause.Words)), now)
        {
            Authorisation = identity.Authorisation,
            Version = version?.Version,
            Mandate = version?.Authorisation.Mandate,
            Causes = causes,
            Evidence = identity.Evidence,
        };
        shown = null;
    }

    bool IsFull => mandates.Count + authorisations.Count - configured >= CommandCheck.MostPapers;

    void Add(Authorisation authorisation, DateTimeOffset now, string by, string reason)
    {
        int version = newest.TryGetValue(authorisation.Id, out AuthorisationVersion? before) ? before.Version + 1 : 1;
        newest[authorisation.Id] = new(authorisation, version, now, by, reason);
        authorisations.Add(newest[authorisation.Id]);
        shown = null;
    }
}
