using System.Collections.Immutable;
using System.Security.Cryptography;
using Nadhir.Formats.Cap;
using Nadhir.Formats.Cap.Checking;
using Nadhir.Outlets.Cap.Signing;
using Nadhir.Warning;

namespace Nadhir.Outlets.Cap;

/// <summary>A message as it leaves, or why it must not.</summary>
public abstract record CapIssue
{
    CapIssue() { }

    /// <param name="Findings">What is wrong with it though it is sent: a profile not met, a signature not made.</param>
    public sealed record Ready(byte[] Xml, ImmutableArray<string> Findings) : CapIssue;

    public sealed record Refused(Cause Why) : CapIssue;
}

/// <summary>
/// Writes messages for the public, of one world: checks them against CAP 1.2 and the configured profiles, claims the
/// profiles they meet, signs. A warning beats a profile: what does not meet one leaves without its claim, and it is said.
/// So does what cannot be signed.
/// </summary>
public sealed class CapIssuer(bool exercise)
{
    /// <summary>In the order in which they are claimed.</summary>
    public ImmutableArray<CapProfile> Profiles { get; init; } = [];
    public CapAdditions Additions { get; init; } = CapAdditions.None;
    /// <summary>Null: messages are not signed.</summary>
    public CapSigner? Signer { get; init; }

    public CapIssue Issue(PublicMessage message)
    {
        if (message.Exercise != exercise)
        {
            return new CapIssue.Refused(Cause.Of(exercise ? CauseCode.LiveAtExercise : CauseCode.ExerciseAtLive));
        }

        if (!CapWriter.TryWrite(message, Additions, out byte[] xml, out string fault)) return new CapIssue.Refused(Cause.Of(CauseCode.AsSaid, fault));
        var findings = ImmutableArray.CreateBuilder<string>();
        if (ErrorsOf(CapChecker.Check(xml)) is { } wrong) findings.Add($"not valid CAP 1.2: {wrong}");
        CapAdditions claims = Additions;
        foreach (CapProfile profile in Profiles)
        {
            CapAdditions claimed = claims with { Codes = claims.Codes.Add(profile.Claim) };
            if (!CapWriter.TryWrite(message, claimed, out byte[] with, out fault))
                findings.Add($"profile {profile.Name} refused it: {fault}");
            else if (ErrorsOf(CapChecker.Check(with, profile), CapLayer.Profile) is { } lacking)
                findings.Add($"profile {profile.Name} refused it, so it left without claiming it: {lacking}");
            else (claims, xml) = (claimed, with);
        }

        return new CapIssue.Ready(Signed(xml, findings), findings.ToImmutable());
    }

    byte[] Signed(byte[] xml, ImmutableArray<string>.Builder findings)
    {
        try
        {
            return Signer?.Sign(xml) ?? xml;
        }
        catch (CryptographicException fault)
        {
            findings.Add($"it left unsigned: {fault.Message}");
            return xml;
        }
    }

    static string? ErrorsOf(CapVerdict verdict, CapLayer? layer = null)
    {
        string errors = string.Join("; ", verdict.Findings
            .Where(one => one.Grade == CapGrade.Error && (layer is null || one.Layer == layer))
            .Select(one => one.What).Distinct(StringComparer.Ordinal).Take(5));
        return errors.Length == 0 ? null : errors;
    }
}
