using System.Net.Sockets;
using System.Security.Authentication;

namespace Nadhir.Outlets;

/// <summary>Why a connection or an outlet does not do what it should, by the exception that says so.</summary>
static class WorldFault
{
    /// <summary>What is known of old as a code, all else in the words it came in.</summary>
    public static Cause Of(Exception fault)
    {
        for (Exception? one = fault; one is not null; one = one.InnerException)
        {
            Cause? known = one switch
            {
                CausedException caused => caused.Cause,
                SocketException socket => Of(socket.SocketErrorCode),
                AuthenticationException untrusted => Cause.Of(CauseCode.NotTrusted, untrusted.Message),
                OperationCanceledException or TimeoutException => Cause.Of(CauseCode.NoAnswerInTime),
                EndOfStreamException => Cause.Of(CauseCode.ConnectionClosed),
                _ => null,
            };
            if (known is not null) return known;
        }

        return Cause.Of(CauseCode.AsSaid, fault.Message);
    }

    static Cause? Of(SocketError error) => error switch
    {
        SocketError.ConnectionRefused => Cause.Of(CauseCode.ConnectionRefused),
        SocketError.ConnectionReset or SocketError.ConnectionAborted or SocketError.Shutdown => Cause.Of(CauseCode.ConnectionReset),
        SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain => Cause.Of(CauseCode.HostNotFound),
        SocketError.HostUnreachable or SocketError.NetworkUnreachable or SocketError.NetworkDown or SocketError.HostDown =>
            Cause.Of(CauseCode.HostUnreachable),
        SocketError.TimedOut => Cause.Of(CauseCode.NoAnswerInTime),
        _ => null,
    };
}
