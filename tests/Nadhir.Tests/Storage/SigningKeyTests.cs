using System.Text;
using Nadhir.Journal;
using Nadhir.Storage;

namespace Nadhir.Tests.Storage;

public sealed class SigningKeyTests : IDisposable
{
    readonly RecordFolder folder = new();

    public void Dispose() => folder.Dispose();

    string KeyFile => folder.File("signing.key");

    [Fact]
    public void The_published_note_is_verified_by_its_published_key()
    {
        // The example of the C2SP signed-note text.
        NoteKey key = NoteKey.Read("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k", out _)!;
        byte[] bytes = Encoding.UTF8.GetBytes("This is an example message.\n\n\u2014 example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n");
        SignedNote note = SignedNote.Read(bytes, out _)!;
        Assert.Equal(NoteVerdict.Verified, note.Verify(Ed25519Verifier.For(key)!));
        Assert.Equal(NoteVerdict.WrongSignature, (note with { Text = "Another message.\n" }).Verify(Ed25519Verifier.For(key)!));
    }

    [Fact]
    public void A_key_is_made_once_and_then_read()
    {
        SigningKey made = SigningKey.LoadOrCreate(KeyFile, "nadhir.example/baghdad");
        SigningKey read = SigningKey.LoadOrCreate(KeyFile, "another.name");
        Assert.Equal(made.PublicKey.ToString(), read.PublicKey.ToString());
        Assert.StartsWith("PRIVATE+KEY+nadhir.example/baghdad+", File.ReadAllText(KeyFile), StringComparison.Ordinal);
        byte[] text = "a text\n"u8.ToArray();
        Assert.True(Ed25519Verifier.For(made.PublicKey)!.Verifies(text, read.Sign(text)));
        SigningKey other = SigningKey.LoadOrCreate(folder.File("other.key"), "nadhir.example/baghdad");
        Assert.NotEqual(made.PublicKey.Id, other.PublicKey.Id);
    }

    [Fact]
    public void A_key_that_others_can_read_is_refused()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("file modes are Unix's");
            return;
        }
        SigningKey.LoadOrCreate(KeyFile, "nadhir.example/baghdad");
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(KeyFile));
        File.SetUnixFileMode(KeyFile, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
        Assert.Contains("chmod 600", Assert.Throws<InvalidDataException>(() => SigningKey.LoadOrCreate(KeyFile, "x")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_changed_character_of_a_key_file_is_noticed()
    {
        SigningKey made = SigningKey.LoadOrCreate(KeyFile, "nadhir.example/baghdad");
        byte[] original = File.ReadAllBytes(KeyFile);
        for (int at = 0; at < original.Length - 1; at++)
        {
            Damage.Flip(KeyFile, at, 0x01);
            Assert.Throws<InvalidDataException>(() => SigningKey.LoadOrCreate(KeyFile, "x"));
            File.WriteAllBytes(KeyFile, original);
        }
        Assert.Equal(made.PublicKey.ToString(), SigningKey.LoadOrCreate(KeyFile, "x").PublicKey.ToString());
    }

    [Fact]
    public void An_exercise_key_is_the_same_every_time_and_says_what_it_is()
    {
        SigningKey one = SigningKey.ForExercise("night raid+1"), two = SigningKey.ForExercise("night raid+1");
        Assert.Equal(one.PublicKey.ToString(), two.PublicKey.ToString());
        Assert.Equal("exercise.nadhir.invalid/night-raid-1", one.PublicKey.Name);
        Assert.True(SigningKey.IsExercise(one.PublicKey.Name));
        Assert.NotEqual(one.PublicKey.Id, SigningKey.ForExercise("day raid").PublicKey.Id);
        Assert.Throws<InvalidDataException>(() => SigningKey.LoadOrCreate(KeyFile, one.PublicKey.Name));
    }
}
