using Nadhir.Journal;
using Nadhir.Storage;

namespace Nadhir.Transparency;

/// <summary>The key of a witness: what it signs carries the time (C2SP tlog-cosignature, v1).</summary>
sealed class CosigningKey(SigningKey key, TimeProvider clock) : INoteSigner
{
    public NoteKey PublicKey => key.PublicKey;

    public byte[] Sign(ReadOnlySpan<byte> text)
    {
        long seconds = clock.GetUtcNow().ToUnixTimeSeconds();
        return Cosignature.Join(seconds, key.Sign(Cosignature.Message(seconds, text)));
    }
}
