namespace Nadhir.Outlets.Sirens;

/// <summary>How to reach an MQTT broker.</summary>
public sealed record BrokerAddress
{
    public string Host { get; init; } = "127.0.0.1";
    public int Port { get; init; } = 1883;
    public string? User { get; init; }
    public string? Password { get; init; }
    public BrokerTls? Tls { get; init; }
    /// <summary>How long a connection attempt or a publication may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(2);
    /// <summary>First wait before connecting again; doubled after each failure.</summary>
    public TimeSpan FirstBackoff { get; init; } = TimeSpan.FromMilliseconds(250);
    /// <summary>Longest such wait: a siren must not wait long for a broker that is back.</summary>
    public TimeSpan LongestBackoff { get; init; } = TimeSpan.FromSeconds(2);
}

/// <summary>TLS to the broker; the system's trusted roots when no file is named.</summary>
public sealed record BrokerTls
{
    /// <summary>PEM file with the authorities to trust instead of the system's.</summary>
    public string? AuthorityFile { get; init; }
    /// <summary>PEM files by which we prove who we are.</summary>
    public string? CertificateFile { get; init; }
    public string? KeyFile { get; init; }
    /// <summary>Name the broker's certificate must carry; the host when absent.</summary>
    public string? ServerName { get; init; }
}
