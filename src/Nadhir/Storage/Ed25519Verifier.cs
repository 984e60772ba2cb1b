using Nadhir.Journal;
using Ed25519 = Org.BouncyCastle.Math.EC.Rfc8032.Ed25519;

namespace Nadhir.Storage;

/// <summary>Checks Ed25519 signatures of one key: a log's, or the timestamped ones of a witness.</summary>
public sealed class Ed25519Verifier : INoteVerifier
{
    readonly byte[] publicKey;
    readonly bool cosigns;

    Ed25519Verifier(NoteKey key) =>
        (Name, KeyId, publicKey, cosigns) = (key.Name, key.Id, key.PublicKey.ToArray(), key.Algorithm == NoteKey.Ed25519Cosignature);

    public string Name { get; }
    public uint KeyId { get; }

    /// <summary>Null when the key is of another kind than Ed25519, or malformed.</summary>
    public static Ed25519Verifier? For(NoteKey key) =>
        key.Algorithm is NoteKey.Ed25519 or NoteKey.Ed25519Cosignature && key.PublicKey.Length == Ed25519.PublicKeySize
            ? new Ed25519Verifier(key) : null;

    public bool Verifies(ReadOnlySpan<byte> text, ReadOnlySpan<byte> signature) =>
        !cosigns ? Fits(text, signature)
        : Cosignature.Time(signature) is { } seconds && Fits(Cosignature.Message(seconds, text), Cosignature.Signature(signature));

    bool Fits(ReadOnlySpan<byte> text, ReadOnlySpan<byte> signature) =>
        signature.Length == Ed25519.SignatureSize
        && Ed25519.Verify(signature.ToArray(), 0, publicKey, 0, text.ToArray(), 0, text.Length);
}
