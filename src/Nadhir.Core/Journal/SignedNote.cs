using System.Buffers.Binary;
using System.Text;

namespace Nadhir.Journal;

/// <summary>Signs the text of notes under a name. The key itself lives outside Core.</summary>
public interface INoteSigner
{
    NoteKey PublicKey { get; }
    byte[] Sign(ReadOnlySpan<byte> text);
}

/// <summary>A key we trust for notes signed under a name.</summary>
public interface INoteVerifier
{
    string Name { get; }
    uint KeyId { get; }
    bool Verifies(ReadOnlySpan<byte> text, ReadOnlySpan<byte> signature);
}

/// <summary>One signature line; which key made it is known by name and identifier together.</summary>
public sealed record NoteSignature(string KeyName, uint KeyId, ReadOnlyMemory<byte> Bytes);

public enum NoteVerdict
{
    /// <summary>At least one key we trust signed it, and none of their signatures is wrong.</summary>
    Verified,
    /// <summary>None of the signatures is from a key we trust.</summary>
    NoKnownKey,
    /// <summary>A signature that names a key we trust does not fit the text.</summary>
    WrongSignature,
}

/// <summary>Text signed by one or more keys (C2SP signed-note). The text counts for nothing until verified.</summary>
public sealed record SignedNote(string Text, IReadOnlyList<NoteSignature> Signatures)
{
    const int MostSignatures = 64;
    const string LineStart = "\u2014 ";

    static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static SignedNote Sign(string text, params ReadOnlySpan<INoteSigner> signers)
    {
        Invariant.Require(text.EndsWith('\n'), "the text of a note ends with a newline");
        byte[] signed = StrictUtf8.GetBytes(text);
        List<NoteSignature> signatures = [];
        foreach (INoteSigner signer in signers)
            signatures.Add(new NoteSignature(signer.PublicKey.Name, signer.PublicKey.Id, signer.Sign(signed)));
        return new SignedNote(text, signatures);
    }

    public byte[] Format()
    {
        StringBuilder note = new(Text);
        note.Append('\n');
        foreach (NoteSignature signature in Signatures)
        {
            byte[] bytes = new byte[4 + signature.Bytes.Length];
            BinaryPrimitives.WriteUInt32BigEndian(bytes, signature.KeyId);
            signature.Bytes.Span.CopyTo(bytes.AsSpan(4));
            note.Append(LineStart).Append(signature.KeyName).Append(' ').Append(Convert.ToBase64String(bytes)).Append('\n');
        }
        return StrictUtf8.GetBytes(note.ToString());
    }

    public NoteVerdict Verify(params ReadOnlySpan<INoteVerifier> trusted)
    {
        byte[] text = StrictUtf8.GetBytes(Text);
        bool verified = false;
        foreach (NoteSignature signature in Signatures)
        {
            foreach (INoteVerifier key in trusted)
            {
                if (key.KeyId != signature.KeyId || !string.Equals(key.Name, signature.KeyName, StringComparison.Ordinal)) continue;
                if (!key.Verifies(text, signature.Bytes.Span)) return NoteVerdict.WrongSignature;
                verified = true;
            }
        }
        return verified ? NoteVerdict.Verified : NoteVerdict.NoKnownKey;
    }

    /// <summary>Reads a note as it stands in a file; says why not in <paramref name="fault"/>.</summary>
    public static SignedNote? Read(ReadOnlySpan<byte> bytes, out string? fault)
    {
        fault = null;
        if (!System.Text.Unicode.Utf8.IsValid(bytes)) return Refuse("it is not UTF-8", out fault);
        string note = Encoding.UTF8.GetString(bytes);
        if (note.Any(c => c < ' ' && c != '\n')) return Refuse("it holds a control character", out fault);
        int blank = note.LastIndexOf("\n\n", StringComparison.Ordinal);
        if (blank < 0) return Refuse("no blank line parts the text from the signatures", out fault);
        if (!note.EndsWith('\n') || blank + 2 >= note.Length) return Refuse("it does not end with a signature line", out fault);
        string[] lines = note[(blank + 2)..^1].Split('\n');
        if (lines.Length > MostSignatures) return Refuse($"it has more than {MostSignatures} signatures", out fault);
        NoteSignature?[] signatures = Array.ConvertAll(lines, ReadSignature);
        int bad = Array.IndexOf(signatures, null);
        if (bad >= 0) return Refuse($"signature line {bad + 1} is malformed", out fault);
        return new SignedNote(note[..(blank + 1)], signatures!);
    }

    static NoteSignature? ReadSignature(string line)
    {
        if (!line.StartsWith(LineStart, StringComparison.Ordinal)) return null;
        string[] words = line[LineStart.Length..].Split(' ');
        if (words.Length != 2 || !NoteKey.IsName(words[0])) return null;
        byte[]? bytes = StrictBase64.Read(words[1]);
        return bytes is { Length: > 4 }
            ? new NoteSignature(words[0], BinaryPrimitives.ReadUInt32BigEndian(bytes), bytes.AsMemory(4))
            : null;
    }

    static SignedNote? Refuse(string why, out string? fault)
    {
        fault = why;
        return null;
    }
}
