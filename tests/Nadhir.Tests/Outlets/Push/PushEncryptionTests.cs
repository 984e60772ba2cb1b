using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using CsCheck;
using Nadhir.Outlets.Push;
using Nadhir.Tests.Storage;

namespace Nadhir.Tests.Outlets.Push;

public sealed class PushEncryptionTests
{
    // RFC 8291, section 5 and appendix A.
    const string OwnPrivate = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw";
    const string OwnPublic = "BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8";
    const string BrowserPrivate = "q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94";
    const string BrowserPublic = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4";
    const string Auth = "BTBZMqHH6r4Tts7J_aSIgg";
    const string Salt = "DGv6ra1nlYgDCS1FRnbzlw";
    const string Message =
        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_"
        + "yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN";

    [Fact]
    public void The_published_message_comes_out_bit_for_bit()
    {
        using ECDiffieHellman own = Key(OwnPublic, OwnPrivate);
        byte[] message = PushEncryption.Encrypt(
            "When I grow up, I want to be a watermelon"u8, Bytes(BrowserPublic), Bytes(Auth), own, Bytes(Salt));
        Assert.Equal(Message, Base64Url.EncodeToString(message));
    }

    [Fact]
    public void The_published_message_is_read_with_the_browsers_key()
    {
        using ECDiffieHellman browser = Key(BrowserPublic, BrowserPrivate);
        Assert.Equal("When I grow up, I want to be a watermelon",
            Encoding.UTF8.GetString(PushEncryption.Decrypt(Bytes(Message), browser, Bytes(Auth))));
    }

    [Fact]
    public void Whatever_is_said_is_what_the_browser_reads_and_nobody_elses_key_opens_it()
    {
        using ECDiffieHellman browser = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256), other = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        byte[] key = PushEncryption.Point(browser.ExportParameters(false).Q);
        Gen.Byte.Array[0, PushEncryption.LongestContent].Select(Gen.Byte.Array[16]).Sample((content, auth) =>
        {
            byte[] message = PushEncryption.Encrypt(content, key, auth);
            Assert.True(message.Length <= 4096);
            Assert.Equal(content, PushEncryption.Decrypt(message, browser, auth));
            Assert.ThrowsAny<CryptographicException>(() => PushEncryption.Decrypt(message, other, auth));
        }, iter: 50);
    }

    [Fact]
    public void No_bytes_that_a_phone_sends_as_its_key_make_us_fall()
    {
        Gen.Byte.Array[0, 100].Sample(bytes => Assert.False(PushEncryption.IsKey(bytes) && bytes.Length != 65), iter: 500);
        byte[] offCurve = Bytes(BrowserPublic);
        offCurve[64] ^= 1;
        Assert.False(PushEncryption.IsKey(offCurve));
        Assert.True(PushEncryption.IsKey(Bytes(BrowserPublic)));
    }

    [Fact]
    public void A_key_is_made_once_and_an_exercise_has_its_own()
    {
        using RecordFolder folder = new();
        Uri contact = new("mailto:warnings@centre.example");
        using VapidKey live = VapidKey.LoadOrCreate(folder.Path, exercise: false, contact), again = VapidKey.LoadOrCreate(folder.Path, exercise: false, contact);
        using VapidKey drill = VapidKey.LoadOrCreate(folder.Path, exercise: true, contact);
        Assert.Equal(live.PublicKey, again.PublicKey);
        Assert.NotEqual(live.PublicKey, drill.PublicKey);
        Assert.True(PushEncryption.IsKey(Bytes(live.PublicKey)));
        // Made before keys said whose world they are of: the name of the file counts.
        string unmarked = File.ReadAllText(folder.File("push-live.pem"));
        File.WriteAllText(folder.File("push-live.pem"), unmarked[unmarked.IndexOf("-----BEGIN", StringComparison.Ordinal)..]);
        using VapidKey older = VapidKey.LoadOrCreate(folder.Path, exercise: false, contact);
        Assert.Equal(live.PublicKey, older.PublicKey);
        File.WriteAllText(folder.File("push-live.pem"), "no key");
        Assert.Throws<InvalidDataException>(() => VapidKey.LoadOrCreate(folder.Path, exercise: false, contact));
        if (OperatingSystem.IsWindows()) return;
        File.SetUnixFileMode(folder.File("push-exercise.pem"), UnixFileMode.UserRead | UnixFileMode.OtherRead);
        Assert.Contains("other accounts", Assert.Throws<InvalidDataException>(() => VapidKey.LoadOrCreate(folder.Path, exercise: true, contact)).Message);
    }

    [Fact]
    public void A_token_is_kept_while_it_lasts_and_made_anew_before_it_runs_out()
    {
        using RecordFolder folder = new();
        using VapidKey key = VapidKey.LoadOrCreate(folder.Path, exercise: true, new("mailto:warnings@centre.example"));
        DateTimeOffset now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        Uri service = new("https://fcm.googleapis.com/a/b");
        string first = key.Authorization(service, now);
        Assert.Equal(first, key.Authorization(new("https://fcm.googleapis.com/c"), now.AddHours(1)));
        Assert.NotEqual(first, key.Authorization(new("https://web.push.apple.com/c"), now));
        Assert.NotEqual(first, key.Authorization(service, now.AddHours(11)));
    }

    [Theory]
    [InlineData("https://fcm.googleapis.com/fcm/send/abc", true)]
    [InlineData("https://updates.push.services.mozilla.com/wpush/v2/abc", true)]
    [InlineData("https://web.push.apple.com/abc", true)]
    [InlineData("https://am3p.notify.windows.com/w/?token=abc", true)]
    [InlineData("https://push.own.example/x", true)]
    [InlineData("http://10.0.0.7:8080/x", true)]
    [InlineData("http://fcm.googleapis.com/fcm/send/abc", false)]
    [InlineData("https://fcm.googleapis.com:8443/abc", false)]
    [InlineData("https://user@fcm.googleapis.com/abc", false)]
    [InlineData("https://fcm.googleapis.com.evil.example/abc", false)]
    [InlineData("https://evil.example/fcm.googleapis.com", false)]
    [InlineData("https://127.0.0.1/abc", false)]
    [InlineData("https://evilnotify.windows.com/abc", false)]
    [InlineData("http://10.0.0.7:8081/x", false)]
    [InlineData("file:///etc/passwd", false)]
    [InlineData("not an address", false)]
    public void Only_hosts_of_push_services_are_sent_to(string endpoint, bool accepted) =>
        Assert.Equal(accepted, new PushServices([".own.example", "http://10.0.0.7:8080"]).Accept(endpoint) is not null);

    static byte[] Bytes(string base64url) => Base64Url.DecodeFromChars(base64url);

    static ECDiffieHellman Key(string point, string number)
    {
        ECParameters parameters = PushEncryption.Parameters(Bytes(point));
        parameters.D = Bytes(number);
        return ECDiffieHellman.Create(parameters);
    }
}
