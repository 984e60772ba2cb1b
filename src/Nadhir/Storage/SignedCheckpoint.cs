using Nadhir.Journal;

namespace Nadhir.Storage;

/// <summary>A checkpoint together with the note that signs it.</summary>
sealed record SignedCheckpoint(SignedNote Note, Checkpoint Checkpoint)
{
    /// <summary>No checkpoint is longer: 64 signatures of post-quantum size would still fit.</summary>
    public const int LongestBytes = 1 << 19;

    public string Origin => Checkpoint.Origin;
    public long Size => Checkpoint.Size;

    /// <summary>Reads a note that is a checkpoint; says why not in <paramref name="fault"/>. Nothing is verified.</summary>
    public static SignedCheckpoint? Read(ReadOnlySpan<byte> bytes, out string? fault)
    {
        fault = bytes.Length > LongestBytes ? $"it is longer than {LongestBytes} bytes" : null;
        SignedNote? note = fault is null ? SignedNote.Read(bytes, out fault) : null;
        Checkpoint? checkpoint = note is null ? null : Checkpoint.Read(note.Text, out fault);
        return checkpoint is null ? null : new(note!, checkpoint);
    }

    /// <summary>The same checkpoint with the signatures of these keys that hold, and no others.</summary>
    public SignedCheckpoint Keeping(params IEnumerable<NoteKey> keys)
    {
        Ed25519Verifier[] verifiers = [.. keys.Select(Ed25519Verifier.For).OfType<Ed25519Verifier>()];
        return this with
        {
            Note = Note with
            {
                Signatures = [.. Note.Signatures.Where(signature =>
                    (Note with { Signatures = [signature] }).Verify(verifiers) == NoteVerdict.Verified)],
            },
        };
    }
}
