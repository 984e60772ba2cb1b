using System.Collections.Immutable;
using Nadhir.Formats.Sirens;
using Nadhir.Warning;

namespace Nadhir.Outlets.Sirens;

/// <summary>A siren's line, and the brokers over which it goes.</summary>
/// <param name="Routes">Names of the brokers, the first choice first.</param>
sealed record SirenAtRoutes(SirenLine Line, SirenPaths Link, ImmutableArray<string> Routes, TimeSpan LinkTimeout)
{
    public static SirenAtRoutes Of(Siren siren, SirenOutletOptions options, Action<Receipt> report)
    {
        SirenWiring wiring = options.Wiring.GetValueOrDefault(siren.Id, SirenWiring.Plain);
        bool plain = wiring.Device is not null || wiring.Discovery is not null;
        ImmutableArray<byte>? secret = wiring.Secret ?? options.Secret;
        ImmutableArray<string> prefixes =
            [.. wiring.Paths.Select(path => options.FurtherBrokers.FirstOrDefault(broker => broker.Id == path)?.Prefix ?? "")];
        SirenLine line = new(
            siren, options.Exercise, report, secret is { } key && !plain ? new SirenKey(key.AsSpan(), options.Exercise, siren.Id) : null)
        {
            Plain = plain ? new PlainSiren(wiring.Device, wiring.Discovery, options.Exercise, prefixes) : null,
        };
        // Without questions asked, such a device speaks only when it is switched.
        bool speaks = !plain || wiring.Device?.QueryTopic is not null;
        return new(line, new SirenPaths(siren, wiring.Paths, line.Guard, speaks), wiring.Paths, siren.LinkTimeout);
    }
}
