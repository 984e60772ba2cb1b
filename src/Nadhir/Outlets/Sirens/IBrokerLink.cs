namespace Nadhir.Outlets.Sirens;

/// <summary>A way to a broker: over the network, or inside this process.</summary>
public interface IBrokerLink : IAsyncDisposable
{
    /// <summary>Whether it can carry something now.</summary>
    bool IsConnected { get; }

    void Start();

    /// <summary>Publishes; false when the broker did not take it in time.</summary>
    Task<bool> Publish(string topic, byte[] payload, bool atLeastOnce, bool retain = false, TimeSpan? validity = null);

    /// <summary>Listens to one more topic, now and after each new connection; asked again, once.</summary>
    Task Listen(string topic);
}
