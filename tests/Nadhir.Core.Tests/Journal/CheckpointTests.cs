using System.Security.Cryptography;
using System.Text;
using Nadhir.Journal;

namespace Nadhir.Tests.Journal;

public class CheckpointTests
{
    const string Published =
        "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n";

    /// <summary>Stands for a real algorithm: a keyed hash, checked by computing it again.</summary>
    sealed class KeyedHash(string name, byte[] identity, byte[] secret) : INoteSigner, INoteVerifier
    {
        public NoteKey PublicKey { get; } = new(name, 0xFF, identity);
        public string Name => name;
        public uint KeyId => PublicKey.Id;
        public byte[] Sign(ReadOnlySpan<byte> text) => HMACSHA256.HashData(secret, text);
        public bool Verifies(ReadOnlySpan<byte> text, ReadOnlySpan<byte> signature) => signature.SequenceEqual(Sign(text));
    }

    static readonly KeyedHash Ours = new("ours.example/log", [7], [1, 2, 3]);
    static readonly KeyedHash Witness = new("witness.example", [8], [4, 5, 6]);

    [Fact]
    public void The_published_checkpoint_is_read_and_written_alike()
    {
        Checkpoint? read = Checkpoint.Read(Published, out string? fault);
        Assert.Null(fault);
        Assert.Equal(("example.com/behind-the-sofa", 20852163L), (read!.Origin, read.Size));
        Assert.Equal(Published, read.Text());
    }

    [Theory]
    [InlineData("a\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=")]
    [InlineData("a\n01\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n")]
    [InlineData("a\n-1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n")]
    [InlineData("a\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2J=\n")] // stray bits in the padding
    [InlineData("a\n1\nCsUYapGGPo4=\n")]
    [InlineData("a\n1\n")]
    [InlineData("\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n")]
    public void A_malformed_checkpoint_is_refused(string text)
    {
        Assert.Null(Checkpoint.Read(text, out string? fault));
        Assert.NotNull(fault);
    }

    [Fact]
    public void A_published_note_and_key_are_read_and_written_alike()
    {
        const string note = "This is an example message.\n\n\u2014 example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n";
        const string vkey = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";
        SignedNote? read = SignedNote.Read(Encoding.UTF8.GetBytes(note), out string? fault);
        Assert.Null(fault);
        Assert.Equal(note, Encoding.UTF8.GetString(read!.Format()));
        NoteKey? key = NoteKey.Read(vkey, out fault);
        Assert.Null(fault);
        Assert.Equal(vkey, key!.ToString());
        Assert.Equal(read.Signatures.Single().KeyId, key.Id);
        Assert.Null(NoteKey.Read(vkey.Replace('3', '4'), out _));
    }

    [Fact]
    public void A_note_counts_only_with_a_signature_we_trust()
    {
        SignedNote note = SignedNote.Sign(Published, Ours, Witness);
        SignedNote read = SignedNote.Read(note.Format(), out _)!;
        Assert.Equal(Published, read.Text);
        Assert.Equal(NoteVerdict.Verified, read.Verify(Ours));
        Assert.Equal(NoteVerdict.Verified, read.Verify(Witness));
        Assert.Equal(NoteVerdict.NoKnownKey, read.Verify(new KeyedHash("ours.example/log", [9], [1, 2, 3])));
        Assert.Equal(NoteVerdict.NoKnownKey, read.Verify());
        Assert.Equal(NoteVerdict.WrongSignature, read.Verify(Witness, new KeyedHash("ours.example/log", [7], [9])));
        Assert.Equal(NoteVerdict.WrongSignature, (read with { Text = Published.Replace('2', '3') }).Verify(Ours));
    }

    [Fact]
    public void Every_changed_byte_of_a_note_is_noticed()
    {
        byte[] note = SignedNote.Sign(Published, Ours).Format();
        for (int at = 0; at < note.Length; at++)
        {
            for (int bit = 0; bit < 8; bit++)
            {
                byte[] changed = [.. note];
                changed[at] ^= (byte)(1 << bit);
                Assert.NotEqual(NoteVerdict.Verified, SignedNote.Read(changed, out _)?.Verify(Ours) ?? NoteVerdict.NoKnownKey);
            }
        }
    }
}
