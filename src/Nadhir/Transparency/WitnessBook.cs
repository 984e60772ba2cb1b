using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Nadhir.Journal;
using Nadhir.Storage;

namespace Nadhir.Transparency;

/// <summary>What a witness answers to a checkpoint.</summary>
abstract record WitnessAnswer
{
    WitnessAnswer() { }

    /// <param name="Lines">The witness's signature lines, each with its newline.</param>
    public sealed record Cosigned(string Lines) : WitnessAnswer;

    public sealed record UnknownOrigin(string Origin) : WitnessAnswer;

    /// <summary>No key trusted for the origin signed it, or one of them did wrongly.</summary>
    public sealed record Unsigned(string Why) : WitnessAnswer;

    public sealed record Malformed(string Why) : WitnessAnswer;

    /// <summary>The proof begins at another size than the one last cosigned, which is given.</summary>
    public sealed record OtherSize(long Size) : WitnessAnswer;

    /// <summary>Signed by the log, and in contradiction to what it signed before.</summary>
    /// <param name="Evidence">Where both checkpoints are kept; null when there was no room.</param>
    public sealed record Inconsistent(string Why, string? Evidence) : WitnessAnswer;
}

/// <summary>
/// What a witness remembers: the last checkpoint of each origin, which it cosigned, on disk before anyone is told.
/// Checking and remembering are one step, whoever asks at once.
/// </summary>
sealed class WitnessBook
{
    /// <summary>Cases kept for each origin; more of the same prove nothing more.</summary>
    const int MostEvidence = 100;
    const int MostProofHashes = 63;

    readonly Lock gate = new();
    readonly string folder;
    readonly INoteSigner key;
    readonly TimeProvider clock;
    readonly ILookup<string, NoteKey> logs;

    /// <param name="logs">Keys of logs; the name of a key is the origin it may sign for.</param>
    public WitnessBook(string folder, INoteSigner key, IEnumerable<NoteKey> logs, TimeProvider clock)
    {
        (this.folder, this.key, this.clock) = (folder, key, clock);
        this.logs = logs.ToLookup(log => log.Name, StringComparer.Ordinal);
        Directory.CreateDirectory(folder);
    }

    public IEnumerable<string> Origins => logs.Select(log => log.Key);

    public NoteKey PublicKey => key.PublicKey;

    /// <summary>SHA-256 of the origin, by which a witness's own paths name it.</summary>
    public static string Hash(string origin) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(origin)));

    public string FolderOf(string origin) => Path.Combine(folder, Hash(origin));

    /// <summary>The checkpoint last cosigned, with the log's signature and ours; null when there is none.</summary>
    /// <exception cref="InvalidDataException">The file was changed: a witness that forgot must not go on as if it were new.</exception>
    public SignedCheckpoint? Latest(string origin)
    {
        string path = Path.Combine(FolderOf(origin), RecordFiles.Checkpoint);
        if (!File.Exists(path)) return null;
        SignedCheckpoint? read = SignedCheckpoint.Read(File.ReadAllBytes(path), out string? fault);
        if (read is not null && read.Keeping(key.PublicKey).Note.Signatures.Count == 0) (read, fault) = (null, "this witness did not sign it");
        return read ?? throw new InvalidDataException($"{path} cannot be trusted: {fault}");
    }

    /// <summary>The keys trusted for the origin of a checkpoint have signed it; otherwise why not.</summary>
    public WitnessAnswer? Fault(SignedCheckpoint offered)
    {
        Ed25519Verifier[] trusted = [.. logs[offered.Origin].Select(Ed25519Verifier.For).OfType<Ed25519Verifier>()];
        if (trusted.Length == 0) return new WitnessAnswer.UnknownOrigin(offered.Origin);
        return offered.Note.Verify(trusted) switch
        {
            NoteVerdict.Verified => null,
            NoteVerdict.WrongSignature => new WitnessAnswer.Unsigned($"a signature of {offered.Origin} does not fit the checkpoint"),
            _ => new WitnessAnswer.Unsigned($"no key trusted for {offered.Origin} signed the checkpoint"),
        };
    }

    /// <summary>C2SP tlog-witness, <c>add-checkpoint</c>.</summary>
    public WitnessAnswer Add(long oldSize, IReadOnlyList<byte[]> proof, SignedCheckpoint offered)
    {
        if (Fault(offered) is { } fault) return fault;
        if (proof.Count > MostProofHashes) return new WitnessAnswer.Malformed($"the proof has more than {MostProofHashes} hashes");
        if (oldSize < 0 || oldSize > offered.Size) return new WitnessAnswer.Malformed("the old size is beyond the checkpoint's");
        lock (gate)
        {
            SignedCheckpoint? seen = Latest(offered.Origin);
            if (oldSize != (seen?.Size ?? 0)) return new WitnessAnswer.OtherSize(seen?.Size ?? 0);
            if (Contradiction(oldSize, seen, proof, offered) is { } why)
                return new WitnessAnswer.Inconsistent(why, Keep(seen, offered, proof, why));
            NoteSignature ours = SignedNote.Sign(offered.Note.Text, key).Signatures[0];
            SignedNote kept = offered.Keeping(logs[offered.Origin]).Note;
            kept = kept with { Signatures = [.. kept.Signatures, ours] };
            Directory.CreateDirectory(FolderOf(offered.Origin));
            RecordFiles.WriteDurably(FolderOf(offered.Origin), RecordFiles.Checkpoint, kept.Format());
            return new WitnessAnswer.Cosigned(Lines(kept with { Signatures = [ours] }));
        }
    }

    static string? Contradiction(long oldSize, SignedCheckpoint? seen, IReadOnlyList<byte[]> proof, SignedCheckpoint offered)
    {
        ReadOnlySpan<byte> root = offered.Checkpoint.Root.Span;
        if (offered.Size == 0 && !root.SequenceEqual(MerkleHash.EmptyRoot)) return "a log without entries has the root of the empty tree";
        if (oldSize == 0) return proof.Count == 0 ? null : "from nothing there is nothing to prove";
        ReadOnlySpan<byte> before = seen!.Checkpoint.Root.Span;
        if (oldSize == offered.Size) return root.SequenceEqual(before) ? null : $"two roots of the same {oldSize} entries";
        return MerkleProof.IsConsistent((ulong)oldSize, (ulong)offered.Size, proof, before, root) ? null
            : $"it is not proved that the {offered.Size} entries begin with the {oldSize} seen before";
    }

    /// <summary>Keeps both signed checkpoints, which together show what the log did, and what was offered as a proof.</summary>
    public string? Keep(SignedCheckpoint? seen, SignedCheckpoint offered, IReadOnlyList<byte[]> proof, string why)
    {
        string cases = Path.Combine(FolderOf(offered.Origin), "evidence");
        string name = $"{offered.Size.ToString(CultureInfo.InvariantCulture)}-{Convert.ToHexStringLower(offered.Checkpoint.Root.Span[..8])}";
        string evidence = Path.Combine(cases, name);
        if (Directory.Exists(evidence)) return evidence;
        Directory.CreateDirectory(cases);
        if (Directory.GetDirectories(cases).Length >= MostEvidence) return null;
        Directory.CreateDirectory(evidence);
        if (seen is not null) RecordFiles.WriteDurably(evidence, "seen", seen.Note.Format());
        RecordFiles.WriteDurably(evidence, "offered", offered.Note.Format());
        string hashes = string.Concat(proof.Select(hash => $"{Convert.ToBase64String(hash)}\n"));
        RecordFiles.WriteDurably(evidence, "why", Encoding.UTF8.GetBytes($"{clock.GetUtcNow():O}\n{why}\n{hashes}"));
        return evidence;
    }

    static string Lines(SignedNote signed) => Encoding.UTF8.GetString(signed.Format())[(signed.Text.Length + 1)..];
}
