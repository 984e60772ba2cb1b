using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using Nadhir.Journal;

namespace Nadhir.Storage;

/// <summary>
/// What others say of a record: witnesses who cosigned a checkpoint, authorities that stamped one with the time. Each
/// speaks of the entries up to a size; whether those are the entries here shows when they have been gone through.
/// </summary>
public sealed class Attestations
{
    readonly List<RecordFault> faults = [];
    readonly List<(Checkpoint Checkpoint, string By, string Line)> statements = [];
    readonly List<string> lines = [];

    /// <param name="witnesses">Keys of witnesses, each of which must have cosigned.</param>
    /// <param name="cosigned">A checkpoint that a witness kept itself; null takes the record's.</param>
    /// <param name="authorityFile">PEM of the authority that must have stamped; null leaves stamps unchecked.</param>
    /// <exception cref="IOException">A file that was named cannot be read.</exception>
    public Attestations(string folder, IReadOnlyList<NoteKey> witnesses, string? cosigned = null, string? authorityFile = null)
    {
        string path = cosigned ?? Path.Combine(folder, RecordFiles.Cosigned);
        if (cosigned is not null || File.Exists(path)) ReadCosigned(path, witnesses);
        else faults.AddRange(witnesses.Select(witness => Missing($"{witness.Name} has cosigned nothing of this record")));
        string stamps = Path.Combine(folder, RecordFiles.TimeStamps);
        string[] answers = Directory.Exists(stamps) ? Directory.GetFiles(stamps, "*.tsr") : [];
        if (authorityFile is null)
        {
            if (answers.Length > 0) lines.Add($"{answers.Length} time stamps not checked: give --timestamp-ca");
            return;
        }
        X509Certificate2Collection authorities = [];
        authorities.ImportFromPemFile(authorityFile);
        if (answers.Length == 0) faults.Add(Missing("no checkpoint of this record carries a time stamp"));
        foreach (string answer in answers.Order(StringComparer.Ordinal)) ReadStamp(answer, authorities);
    }

    /// <summary>The sizes at which roots are wanted.</summary>
    public IReadOnlySet<long> Sizes => statements.Select(statement => statement.Checkpoint.Size).ToHashSet();

    /// <summary>What was found to hold; complete after <see cref="Faults"/>.</summary>
    public IReadOnlyList<string> Lines => lines;

    /// <summary>Holds what was said against the entries of the record.</summary>
    public IReadOnlyList<RecordFault> Faults(long entries, Func<long, byte[]?> rootAt)
    {
        foreach ((Checkpoint checkpoint, string by, string line) in statements)
        {
            if (checkpoint.Size > entries)
                faults.Add(Missing($"{by} saw {checkpoint.Size} entries, but only {entries} are here", entries));
            else if (!checkpoint.Root.Span.SequenceEqual(rootAt(checkpoint.Size)))
                faults.Add(Missing($"{by} saw other entries: the first {checkpoint.Size} are not those attested"));
            else
                lines.Add(line);
        }
        return faults;
    }

    static RecordFault Missing(string what, long? seq = null) => new(RecordPart.Attestation, seq, what);

    void ReadCosigned(string path, IReadOnlyList<NoteKey> witnesses)
    {
        if (SignedCheckpoint.Read(File.ReadAllBytes(path), out string? fault) is not { } cosigned)
        {
            faults.Add(Missing($"{Path.GetFileName(path)} cannot be read: {fault}"));
            return;
        }
        if (witnesses.Count == 0) lines.Add($"cosignatures up to entry {cosigned.Size} not checked: give --witness");
        foreach (NoteKey witness in witnesses)
        {
            if (cosigned.Keeping(witness).Note.Signatures is not [var signature, ..])
                faults.Add(Missing($"{witness.Name} has not cosigned {Path.GetFileName(path)}"));
            else
                statements.Add((cosigned.Checkpoint, $"the witness {witness.Name}", $"first {cosigned.Size} entries cosigned by {witness.Name}{At(signature)}"));
        }
    }

    static string At(NoteSignature signature) => Cosignature.Time(signature.Bytes.Span) is { } seconds and <= 253_402_300_799
        ? $" at {DateTimeOffset.FromUnixTimeSeconds(seconds).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)}" : "";

    void ReadStamp(string answer, X509Certificate2Collection authorities)
    {
        string name = Path.GetFileName(answer), stamped = Path.ChangeExtension(answer, ".checkpoint");
        if (!File.Exists(stamped))
        {
            faults.Add(Missing($"{name} stamps a checkpoint that is not here"));
            return;
        }
        byte[] note = File.ReadAllBytes(stamped);
        SignedCheckpoint? read = SignedCheckpoint.Read(note, out string? fault);
        TimeStamp? stamp = read is null ? null : TimeStamp.Verify(File.ReadAllBytes(answer), note, authorities, out fault);
        if (stamp is null)
        {
            faults.Add(Missing($"{name} proves no time: {fault}"));
            return;
        }
        string time = stamp.Time.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        statements.Add((read!.Checkpoint, $"the authority {stamp.Authority}", $"first {read.Size} entries stamped {time} by {stamp.Authority}"));
    }
}
