using Nadhir.Journal;
using Nadhir.Paper;

namespace Nadhir.Dossiers;

/// <summary>What becomes of a dossier that was asked for.</summary>
sealed record DossierJob(string Ticket, string Incident, string Profile, string Language, string By, DateTimeOffset AskedAt)
{
    /// <summary>The archive, once it is made.</summary>
    public byte[]? Archive { get; init; }
    public Cause? Fault { get; init; }
    /// <summary>Fields of the dossier that the profile withholds.</summary>
    public int Withheld { get; init; }
    public DateTimeOffset? EndedAt { get; init; }
    public bool IsOpen => EndedAt is null;
}

/// <summary>
/// Makes dossiers of the running record, one at a time: it reads the whole record, and the watch comes first. The latest
/// one made is kept for a while for who asked for it.
/// </summary>
sealed class DossierDesk(string folder, Func<INoteSigner> signer, IReadOnlyList<DossierProfile> profiles, TimeProvider clock)
{
    public static readonly TimeSpan KeptFor = TimeSpan.FromMinutes(15);

    readonly Lock gate = new();
    DossierJob? current;

    public bool Knows(string profile) => profiles.Any(one => one.Name == profile);

    public IEnumerable<string> Profiles => profiles.Select(one => one.Name);

    /// <summary>Takes the one place; null while another dossier is being made.</summary>
    public DossierJob? TryBegin(string incident, string profile, string language, string by)
    {
        lock (gate)
        {
            if (current is { IsOpen: true }) return null;
            return current = new DossierJob(Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(12)),
                incident, profile, language, by, clock.GetUtcNow());
        }
    }

    /// <summary>Gives the place back: nothing is to be made after all.</summary>
    public void GiveUp(DossierJob job, Cause why) => End(job with { Fault = why });

    /// <summary>Makes it in the background.</summary>
    public void Make(DossierJob job) => _ = Task.Run(() =>
    {
        try
        {
            PageFonts fonts = PageFonts.Load();
            DossierProfile profile = profiles.First(one => one.Name == job.Profile);
            Dossier made = DossierMaker.Make(folder, job.Incident, signer(), profile, job.Language,
                (content, watch) => PdfPages.Write(DossierPages.Of(content, profile, job.Language, watch), fonts));
            End(job with { Archive = DossierFiles.Archive(made.Files), Withheld = made.Withheld });
        }
        catch (Exception broken)
        {
            // Whatever it was, the person who waits is told, and the next one may try.
            End(job with { Fault = Cause.Of(broken is FontsMissingException ? CauseCode.NoFonts : CauseCode.DossierNotMade, broken.Message) });
        }
    });

    /// <summary>The job of a ticket; null when there is none, or its time is over.</summary>
    public DossierJob? Find(string ticket)
    {
        lock (gate)
        {
            if (current is { EndedAt: { } ended } && clock.GetUtcNow() - ended > KeptFor) current = null;
            return current?.Ticket == ticket ? current : null;
        }
    }

    void End(DossierJob job)
    {
        lock (gate)
            if (current?.Ticket == job.Ticket) current = job with { EndedAt = clock.GetUtcNow() };
    }
}
