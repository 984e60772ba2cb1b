using Nadhir.Configuration;
using Nadhir.Hosting;
using Nadhir.PublicPage;

namespace Nadhir.Outlets.Push;

/// <summary>Everything of push messages that a running system holds: key, subscriptions, outlet.</summary>
sealed class PushPart
{
    readonly PushSubscriptions subscriptions;
    readonly PushServices services;
    readonly ZoneDirectory zones;

    PushPart(PushOutlet outlet, string key, PushSubscriptions subscriptions, PushServices services, ZoneDirectory zones) =>
        (Outlet, Key, this.subscriptions, this.services, this.zones) = (outlet, key, subscriptions, services, zones);

    public PushOutlet Outlet { get; }

    /// <summary>What browsers subscribe with.</summary>
    public string Key { get; }

    /// <summary>Opens key and subscriptions in the folder of the record; null when no push messages are configured.</summary>
    /// <exception cref="StartException">A file cannot be opened, or is not what it should be.</exception>
    public static PushPart? Open(LiveOptions options, WatchConfiguration configuration, IReceiptSink receipts, TimeProvider clock)
    {
        if (options.Push is not { } push) return null;
        try
        {
            VapidKey key = VapidKey.LoadOrCreate(options.Folder, configuration.Exercise, push.Contact);
            PushSubscriptions table = new(options.Folder, configuration.Exercise, push.MostSubscriptions);
            ZoneDirectory directory = new(configuration.Zones);
            PushOutlet outlet = new(configuration, directory, table, new PushSender(key), receipts, clock, TimeProvider.System);
            return new(outlet, key.PublicKey, table, new PushServices(push.Services), directory);
        }
        catch (Exception fault) when (fault is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            throw new StartException(fault.Message, fault);
        }
    }

    public void Map(IEndpointRouteBuilder endpoints) => endpoints.MapPush(subscriptions, services, zones);
}
