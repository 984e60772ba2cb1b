using System.Collections.Frozen;
using System.CommandLine;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Nadhir.Formats.Cap.Checking;
using Nadhir.Outlets.Cap.Signing;

namespace Nadhir.Commands;

using Command = System.CommandLine.Command;

/// <summary>
/// <c>nadhir cap check FILE...</c>: whether files are valid CAP messages, and whether their signatures hold. Exit code 0
/// when all are, 1 when one is not, 2 on bad usage.
/// </summary>
static class CapCommand
{
    public static Command Create()
    {
        Argument<string[]> files = new("FILE") { Description = "CAP messages (XML).", Arity = ArgumentArity.OneOrMore };
        Option<string[]> profile = new("--profile")
        {
            Description = $"Also a profile's demands: {string.Join(", ", CapProfile.All.Select(one => one.Name))}, or none.",
        };
        profile.AcceptOnlyFromAmong([.. CapProfile.All.Select(one => one.Name), "none"]);
        Option<string?> signer = new("--signer")
        {
            Description = "PEM file of the certificates whose signature is accepted; without it any key will do.",
        };
        Option<bool> json = new("--json") { Description = "A JSON line for each file." };
        Command check = new("check", "Check CAP messages: schema, standard, profile, signature") { files, profile, signer, json };
        check.SetAction(parsed => Run(parsed.GetRequiredValue(files), parsed.GetValue(profile) ?? [],
            parsed.GetValue(signer), parsed.GetValue(json), Console.Out, Console.Error));
        return new("cap", "Common Alerting Protocol messages") { check };
    }

    internal static int Run(
        IReadOnlyList<string> files, IReadOnlyList<string> profiles, string? signer, bool json, TextWriter output, TextWriter errors)
    {
        CapProfile[] asked = [.. profiles.Select(CapProfile.Find).OfType<CapProfile>()];
        FrozenSet<string>? signers = null;
        bool allValid = true;
        try
        {
            if (signer is not null) signers = Fingerprints(signer);
            foreach (string file in files)
            {
                byte[] xml = ReadBounded(file);
                CapVerdict verdict = WithSignature(CapChecker.Check(xml, asked), CapSignature.Verify(xml), signers, out string signature);
                allValid &= verdict.IsValid;
                if (json) PrintJson(output, file, verdict, signature);
                else Print(output, file, verdict, signature);
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or CryptographicException)
        {
            errors.WriteLine($"nadhir cap check: {failure.Message}");
            return 2;
        }

        return allValid ? 0 : 1;
    }

    /// <summary>Adds what is to be said of the signature to the verdict.</summary>
    static CapVerdict WithSignature(
        CapVerdict verdict, CapSignatureVerdict signature, FrozenSet<string>? signers, out string said)
    {
        (said, CapFinding? finding) = signature switch
        {
            CapSignatureVerdict.Unsigned when signers is not null => ("unsigned", Of(CapGrade.Error, "it is not signed")),
            CapSignatureVerdict.Unsigned => ("unsigned", null),
            CapSignatureVerdict.Unreadable => ("not looked at", null),
            CapSignatureVerdict.Bad bad => ("bad", Of(CapGrade.Error, bad.Reason)),
            CapSignatureVerdict.Good good when signers?.Contains(good.KeyFingerprint) == false =>
                ("unknown key", Of(CapGrade.Error, $"signed with key {good.KeyFingerprint}, which is not of the signers given")),
            CapSignatureVerdict.Good { Weak: { } weak } => ("good", Of(CapGrade.Advice, weak)),
            CapSignatureVerdict.Good => ("good", null),
            _ => throw new InvariantBrokenException($"no answer for {signature}"),
        };
        if (signature is CapSignatureVerdict.Good { KeyFingerprint: var key, Subject: var subject })
            said += $", key {key}{(subject is null ? "" : $" of {subject}")}{(signers is null ? " (not compared with anyone's)" : "")}";
        return finding is null ? verdict : verdict with { Findings = verdict.Findings.Add(finding) };

        static CapFinding Of(CapGrade grade, string what) => new(CapLayer.Signature, grade, 0, what);
    }

    static void Print(TextWriter output, string file, CapVerdict verdict, string signature)
    {
        output.WriteLine($"{file}: {(verdict.Version is { } version ? $"CAP {version}" : "not CAP")}, "
            + $"{(verdict.IsValid ? "valid" : "INVALID")}; signature: {signature}");
        foreach (CapFinding one in verdict.Findings)
        {
            string where = one.Line > 0 ? $"line {one.Line}: " : "";
            output.WriteLine($"  {where}{(one.Grade == CapGrade.Error ? "error" : "advice")} "
                + $"({one.Profile ?? one.Layer.ToString().ToLowerInvariant()}): {one.What}");
        }
    }

    static void PrintJson(TextWriter output, string file, CapVerdict verdict, string signature)
    {
        using MemoryStream line = new();
        using (Utf8JsonWriter writer = new(line))
        {
            writer.WriteStartObject();
            writer.WriteString("file", file);
            writer.WriteString("version", verdict.Version);
            writer.WriteBoolean("valid", verdict.IsValid);
            writer.WriteBoolean("fitsSchema", verdict.FitsSchema);
            writer.WriteString("signature", signature);
            writer.WriteStartArray("findings");
            foreach (CapFinding one in verdict.Findings)
            {
                writer.WriteStartObject();
                writer.WriteString("layer", one.Profile ?? one.Layer.ToString().ToLowerInvariant());
                writer.WriteString("grade", one.Grade.ToString().ToLowerInvariant());
                writer.WriteNumber("line", one.Line);
                writer.WriteString("what", one.What);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        output.WriteLine(System.Text.Encoding.UTF8.GetString(line.ToArray()));
    }

    /// <summary>A file, but never much more of it than is judged: a longer one is refused by its length alone.</summary>
    static byte[] ReadBounded(string file)
    {
        using FileStream stream = File.OpenRead(file);
        byte[] bytes = new byte[CapChecker.MostBytes + 1];
        return bytes[..stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)];
    }

    static FrozenSet<string> Fingerprints(string file)
    {
        X509Certificate2Collection certificates = [];
        certificates.ImportFromPemFile(file);
        return certificates.Select(one => Convert.ToHexStringLower(SHA256.HashData(one.PublicKey.ExportSubjectPublicKeyInfo())))
            .ToFrozenSet(StringComparer.Ordinal);
    }
}
