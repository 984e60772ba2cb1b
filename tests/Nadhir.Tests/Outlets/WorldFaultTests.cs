using System.Net.Sockets;
using Nadhir.Outlets;

namespace Nadhir.Tests.Outlets;

/// <summary>Why a connection fails, as a code that every language has words for.</summary>
public sealed class WorldFaultTests
{
    [Theory]
    [InlineData(SocketError.ConnectionRefused, CauseCode.ConnectionRefused)]
    [InlineData(SocketError.HostNotFound, CauseCode.HostNotFound)]
    [InlineData(SocketError.NetworkUnreachable, CauseCode.HostUnreachable)]
    [InlineData(SocketError.TimedOut, CauseCode.NoAnswerInTime)]
    [InlineData(SocketError.ConnectionReset, CauseCode.ConnectionReset)]
    public void What_the_network_says_is_known_however_deep_it_lies(SocketError error, CauseCode code) =>
        Assert.Equal(code, WorldFault.Of(new HttpRequestException("a library's words", new IOException("more words", new SocketException((int)error)))).Code);

    [Fact]
    public void What_is_not_known_stands_in_the_words_it_came_in()
    {
        Cause cause = WorldFault.Of(new InvalidOperationException("the lid is open"));
        Assert.Equal((CauseCode.AsSaid, "the lid is open"), (cause.Code, cause.Words));
        Assert.Equal(CauseCode.NothingHeardFor, WorldFault.Of(new CausedException(Cause.Of(CauseCode.NothingHeardFor, 30))).Code);
    }
}
