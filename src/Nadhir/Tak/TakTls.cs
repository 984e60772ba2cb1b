using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Nadhir.Tak;

/// <summary>
/// TLS 1.2 or 1.3 with certificates on both sides. The other side must show one that an authority of ours stands
/// behind, and none other of this machine is believed. A server's name must be its own.
/// </summary>
sealed class TakTls : IDisposable
{
    static readonly TimeSpan handshakeLimit = TimeSpan.FromSeconds(10);

    readonly X509Certificate2 own;
    readonly X509Certificate2Collection authorities = [];
    readonly string? serverName;

    /// <exception cref="IOException">A file cannot be read or holds something else; says which.</exception>
    public TakTls(TakTlsConfiguration configuration)
    {
        serverName = configuration.ServerName;
        string reading = configuration.Certificate;
        try
        {
            own = Own(configuration);
            reading = configuration.Authority;
            authorities.ImportFromPemFile(configuration.Authority);
        }
        catch (Exception fault) when (fault is CryptographicException or UnauthorizedAccessException)
        {
            throw new IOException($"{reading}: {fault.Message}", fault);
        }

        if (authorities.Count == 0) throw new IOException($"{configuration.Authority}: there is no certificate in it");
        if (!own.HasPrivateKey)
            throw new IOException($"{configuration.Certificate}: there is no key to the certificate");
    }

    public async Task<Stream> AsClient(Stream plain, string host, CancellationToken stopping) => await Shake(
        plain, (tls, stop) => tls.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = serverName ?? host,
                ClientCertificateContext = SslStreamCertificateContext.Create(own, null, offline: true),
                EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
                CertificateChainPolicy = Policy("1.3.6.1.5.5.7.3.1"),
            },
            stop), stopping);

    public async Task<Stream> AsServer(Stream plain, CancellationToken stopping) => await Shake(
        plain, (tls, stop) => tls.AuthenticateAsServerAsync(
            new SslServerAuthenticationOptions
            {
                ServerCertificateContext = SslStreamCertificateContext.Create(own, null, offline: true),
                ClientCertificateRequired = true,
                EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
                CertificateChainPolicy = Policy("1.3.6.1.5.5.7.3.2"),
                RemoteCertificateValidationCallback = (_, shown, _, errors) =>
                    shown is not null && errors == SslPolicyErrors.None,
            },
            stop), stopping);

    public void Dispose()
    {
        own.Dispose();
        foreach (X509Certificate2 authority in authorities) authority.Dispose();
    }

    static X509Certificate2 Own(TakTlsConfiguration configuration)
    {
        if (Path.GetExtension(configuration.Certificate).ToUpperInvariant() is ".P12" or ".PFX")
        {
            string? password = configuration.PasswordFile is { } file ? File.ReadAllText(file).Trim() : null;
            return X509CertificateLoader.LoadPkcs12FromFile(configuration.Certificate, password);
        }

        return X509Certificate2.CreateFromPemFile(configuration.Certificate, configuration.Key);
    }

    X509ChainPolicy Policy(string usage)
    {
        X509ChainPolicy policy = new()
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            // Networks like these have no place to ask; a certificate is taken back by changing the authority.
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
        };
        policy.CustomTrustStore.AddRange(authorities);
        policy.ApplicationPolicy.Add(new Oid(usage));
        return policy;
    }

    static async Task<Stream> Shake(
        Stream plain, Func<SslStream, CancellationToken, Task> authenticate, CancellationToken stopping)
    {
        SslStream tls = new(plain);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        limit.CancelAfter(handshakeLimit);
        try
        {
            await authenticate(tls, limit.Token);
            return tls;
        }
        catch (Exception fault)
        {
            await tls.DisposeAsync();
            if (fault is AuthenticationException) throw new IOException(fault.Message, fault);
            if (fault is OperationCanceledException && !stopping.IsCancellationRequested)
                throw new IOException("the other side did not finish the TLS handshake in time", fault);
            throw;
        }
    }
}
