using System.Collections.Immutable;
using System.Runtime.ExceptionServices;
using Nadhir.Formats.Cap;
using Nadhir.Warning;

namespace Nadhir.Outlets.Cap;

/// <summary>What became of a message that was to be kept.</summary>
public abstract record CapOutcome
{
    CapOutcome() { }

    /// <param name="Xml">As it left.</param>
    /// <param name="Findings">What is wrong with it all the same.</param>
    public sealed record Written(string File, byte[] Xml, ImmutableArray<string> Findings) : CapOutcome;
    /// <summary>The very same message is there already.</summary>
    public sealed record AlreadyThere(string File, byte[] Xml) : CapOutcome;
    /// <summary>The feed's release rule keeps it out of folder and feed; partners may have it.</summary>
    public sealed record Withheld(byte[] Xml, ImmutableArray<string> Findings) : CapOutcome;
    /// <summary>It must not be sent, and why. Trying again does not help.</summary>
    public sealed record Refused(Cause Why) : CapOutcome;
    /// <summary>The disk failed, or we did: the message is not shown, and may be tried again.</summary>
    public sealed record Failed(Exception Fault) : CapOutcome;
}

/// <summary>
/// A folder of CAP files and the Atom feed over them, which any web server can serve as it is. The files are the truth:
/// the list is read from them at the start. A file, once written, never changes; feeds are replaced whole. Reading is safe
/// from any thread, adding from one at a time.
/// </summary>
public sealed class CapStore
{
    /// <summary>Messages in the feed, and in each of its archives.</summary>
    public const int FeedLength = 100;
    public const string FeedFile = "feed.atom";

    readonly string folder;
    readonly bool exercise;
    readonly string author;
    readonly CapIssuer issuer;
    /// <summary>Archives that are on the disk as they will stay.</summary>
    int settled;
    ImmutableList<CapSummary> messages = [];
    ImmutableDictionary<string, CapSummary> byIdentifier =
        ImmutableDictionary.Create<string, CapSummary>(StringComparer.Ordinal);

    /// <summary>Opens the folder, which is made when missing; may throw as any file access.</summary>
    /// <param name="issuer">How messages are written; plain and unsigned when null.</param>
    public CapStore(string folder, bool exercise, string author, CapIssuer? issuer = null)
    {
        this.issuer = issuer ?? new CapIssuer(exercise);
        this.folder = folder;
        this.exercise = exercise;
        this.author = author;
        Directory.CreateDirectory(folder);
        List<CapSummary> found = [];
        foreach (string file in Directory.EnumerateFiles(folder, "*.xml"))
        {
            if (CapSummary.TryRead(File.ReadAllBytes(file), out CapSummary? summary)
                && summary!.Exercise == exercise && $"{summary.Identifier}.xml" == Path.GetFileName(file))
            {
                found.Add(summary);
            }
            else
            {
                Unreadable++;
            }
        }

        messages = [.. found.OrderBy(one => one.Sent).ThenBy(one => one.Identifier, StringComparer.Ordinal)];
        byIdentifier = byIdentifier.AddRange(messages.Select(one => KeyValuePair.Create(one.Identifier, one)));
        WriteFeeds();
    }

    /// <summary>Whether folder and feed show a message. Asked anew when a message is tried again.</summary>
    public Func<PublicMessage, bool> Shows { get; init; } = _ => true;

    /// <summary>Files found at the start that are not messages of ours.</summary>
    public int Unreadable { get; }
    public int Count => messages.Count;

    /// <summary>Keeps a message and shows it in the feed. Throws <see cref="IOException"/> when the disk fails.</summary>
    public CapOutcome Add(PublicMessage message)
    {
        CapOutcome outcome = Add([message], (_, _) => { })[0];
        if (outcome is CapOutcome.Failed failed) ExceptionDispatchInfo.Throw(failed.Fault);
        return outcome;
    }

    /// <summary>
    /// Keeps messages, side by side on all processors, and shows them in the feed in their order. Each of another alert,
    /// so that an end never overtakes its beginning.
    /// </summary>
    /// <param name="messages">What is to be kept.</param>
    /// <param name="kept">Called with each as soon as its file is safe, on any thread; before the feed shows it.</param>
    public CapOutcome[] Add(IReadOnlyList<PublicMessage> messages, Action<PublicMessage, byte[]> kept)
    {
        var outcomes = new CapOutcome[messages.Count];
        var summaries = new CapSummary?[messages.Count];
        if (messages.Count == 1) KeepOne(0);
        else Parallel.For(0, messages.Count, KeepOne);
        foreach (CapSummary? summary in summaries)
            if (summary is not null) List(summary);
        if (Array.TrueForAll(summaries, summary => summary is null)) return outcomes;
        try
        {
            WriteFeeds();
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            for (int i = 0; i < outcomes.Length; i++)
                if (summaries[i] is not null) outcomes[i] = new CapOutcome.Failed(failed);
        }

        return outcomes;

        void KeepOne(int i)
        {
            try
            {
                outcomes[i] = Keep(messages[i], out summaries[i]);
                byte[]? xml = outcomes[i] switch
                {
                    CapOutcome.Written written => written.Xml,
                    CapOutcome.AlreadyThere there => there.Xml,
                    CapOutcome.Withheld withheld => withheld.Xml,
                    _ => null,
                };
                if (xml is not null) kept(messages[i], xml);
            }
            catch (Exception fault)
            {
                // One message that cannot be kept must not take those beside it along.
                (outcomes[i], summaries[i]) = (new CapOutcome.Failed(fault), null);
            }
        }
    }

    CapOutcome Keep(PublicMessage message, out CapSummary? kept)
    {
        kept = null;
        if (!IsFileName(message.Identifier)) return new CapOutcome.Refused(Cause.Of(CauseCode.NoFileName));
        CapIssue issue = issuer.Issue(message);
        if (issue is CapIssue.Refused refused) return new CapOutcome.Refused(refused.Why);
        (byte[] xml, ImmutableArray<string> findings) = (CapIssue.Ready)issue;
        if (!Shows(message)) return new CapOutcome.Withheld(xml, findings);
        if (!CapSummary.TryRead(xml, out CapSummary? summary))
            return new CapOutcome.Refused(Cause.Of(CauseCode.WrittenUnreadable));

        string path = PathOf(message.Identifier);
        if (File.Exists(path))
        {
            // A signature may come out otherwise each time, and claims change with the configuration.
            byte[] before = File.ReadAllBytes(path);
            if (!CapSummary.TryRead(before, out CapSummary? earlier) || earlier != summary)
                return new CapOutcome.Refused(Cause.Of(CauseCode.IdentifierTaken));
            kept = summary;
            return new CapOutcome.AlreadyThere(path, before);
        }

        AtomicFile.Write(path, xml);
        kept = summary;
        return new CapOutcome.Written(path, xml, findings);
    }

    /// <summary>The bytes of a message, if there is one.</summary>
    public byte[]? Message(string identifier) =>
        byIdentifier.ContainsKey(identifier) ? File.ReadAllBytes(PathOf(identifier)) : null;

    /// <summary>The bytes of the feed, or of one of its archives, counted from 1.</summary>
    public byte[]? Feed(int? archive = null)
    {
        if (archive is < 1 || archive > ArchivesOf(messages.Count)) return null;
        return Render(messages, archive);
    }

    void List(CapSummary summary)
    {
        if (byIdentifier.ContainsKey(summary.Identifier)) return;
        // In the order of arrival, so that full archives never change.
        messages = messages.Add(summary);
        byIdentifier = byIdentifier.Add(summary.Identifier, summary);
    }

    void WriteFeeds()
    {
        ImmutableList<CapSummary> all = messages;
        int archives = ArchivesOf(all.Count);
        for (int archive = archives; archive > settled; archive--)
        {
            string path = Path.Combine(folder, ArchiveFile(archive));
            byte[] bytes = Render(all, archive);
            if (File.Exists(path) && File.ReadAllBytes(path).AsSpan().SequenceEqual(bytes)) break;
            AtomicFile.Write(path, bytes);
        }

        settled = archives;
        AtomicFile.Write(Path.Combine(folder, FeedFile), Render(all, null));
    }

    byte[] Render(ImmutableList<CapSummary> all, int? archive)
    {
        int last = archive is { } number ? number * FeedLength : all.Count;
        int first = archive is null ? Math.Max(0, last - FeedLength) : last - FeedLength;
        int before = archive is { } known ? known - 1 : ArchivesOf(all.Count);
        AtomFeed feed = new("Nadhir warnings", author, archive is { } own ? ArchiveFile(own) : FeedFile)
        {
            Exercise = exercise,
            PreviousArchive = before > 0 ? ArchiveFile(before) : null,
            Current = archive is null ? null : FeedFile,
        };
        CapSummary[] shown = [.. all.GetRange(first, last - first).Reverse<CapSummary>()];
        return feed.Render(shown, shown.Length > 0 ? shown.Max(one => one.Sent) : DateTimeOffset.UnixEpoch);
    }

    /// <summary>Full archives: all that no longer fits in the feed is in one of them.</summary>
    static int ArchivesOf(int count) => count <= FeedLength ? 0 : (count - 1) / FeedLength;

    static string ArchiveFile(int number) => $"archive-{number}.atom";

    string PathOf(string identifier) => Path.Combine(folder, $"{identifier}.xml");

    static bool IsFileName(string identifier) => identifier.Length is >= 1 and <= 200 && identifier[0] != '.'
        && identifier.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');
}
