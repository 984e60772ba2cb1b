using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Nadhir.Warning;

namespace Nadhir.Formats.Sirens;

/// <summary>
/// Proves who wrote a command or an answer: HMAC-SHA256 (RFC 2104, FIPS 198-1) over the fields in a fixed order, each as a
/// netstring ("4:text,"), so that no two messages have the same form. The key is derived from a secret for one siren in
/// one world: what is proven in an exercise proves nothing live.
/// </summary>
public sealed class SirenKey
{
    /// <summary>Bytes a secret must have at least.</summary>
    public const int ShortestSecret = 16;

    const string Version = "nadhir-siren/1";

    readonly byte[] key;
    readonly string world;
    readonly string siren;

    public SirenKey(ReadOnlySpan<byte> secret, bool exercise, string siren)
    {
        (world, this.siren) = (exercise ? "exercise" : "live", siren);
        key = HMACSHA256.HashData(secret, Canonical(["key", world, siren]));
    }

    /// <summary>A secret as it stands in a file or a variable: hexadecimal digits, two a byte; blanks around it count not.</summary>
    public static bool TryReadSecret(string text, out byte[] secret, out string fault)
    {
        (secret, fault) = ([], "");
        text = text.Trim();
        if (text.Length % 2 != 0 || !text.All(char.IsAsciiHexDigit)) fault = "a secret is hexadecimal digits, two a byte";
        else if (text.Length / 2 < ShortestSecret) fault = $"a secret has {ShortestSecret} bytes at least; better 32";
        else secret = Convert.FromHexString(text);
        return fault.Length == 0;
    }

    public SirenCommandMessage Sign(SirenCommandMessage command) => command with { Mac = Proof(Fields(command)) };

    public SirenStateMessage Sign(SirenStateMessage state) => state with { Mac = Proof(Fields(state)) };

    public bool Verifies(SirenCommandMessage command) => Holds(command.Mac, Fields(command));

    public bool Verifies(SirenStateMessage state) => Holds(state.Mac, Fields(state));

    /// <summary>What is proven, for those who write this anew in another language.</summary>
    public static byte[] Canonical(params ReadOnlySpan<string> fields)
    {
        StringBuilder text = new();
        Append(text, Version);
        foreach (string field in fields) Append(text, field);
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    string[] Fields(SirenCommandMessage m) =>
    [
        "command", world, siren, m.CommandId, Number(m.Epoch), Number(m.Seq), m.Action == SirenAction.Sound ? "sound" : "silence",
        m.Tone, Number(m.Duration), Number(m.Expires.ToUnixTimeMilliseconds()), m.Exercise ? "exercise" : "live",
        m.Test ? "test" : "real",
    ];

    string[] Fields(SirenStateMessage m) =>
    [
        "state", world, siren, m.State, Name(m.Step), m.CommandId ?? "", m.Epoch is { } epoch ? Number(epoch) : "",
        m.Seq is { } seq ? Number(seq) : "", Number(m.At.ToUnixTimeMilliseconds()),
        m.Exercise is { } drill ? drill ? "exercise" : "live" : "", m.HostHeard is { } heard ? heard ? "heard" : "unheard" : "",
        m.Detail ?? "",
    ];

    string Proof(string[] fields) => Convert.ToHexStringLower(HMACSHA256.HashData(key, Canonical(fields)));

    bool Holds(string? mac, string[] fields) =>
        mac is { Length: 64 }
        && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(mac), Encoding.ASCII.GetBytes(Proof(fields)));

    static void Append(StringBuilder text, string field) =>
        text.Append(CultureInfo.InvariantCulture, $"{Encoding.UTF8.GetByteCount(field)}:{field},");

    static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    static string Name(SirenAnswerStep step) => step switch
    {
        SirenAnswerStep.Acknowledged => "acknowledged",
        SirenAnswerStep.Sounding => "sounding",
        SirenAnswerStep.Silent => "silent",
        SirenAnswerStep.Refused => "refused",
        _ => "status",
    };
}
