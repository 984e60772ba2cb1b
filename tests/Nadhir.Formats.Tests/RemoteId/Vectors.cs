using System.Globalization;

namespace Nadhir.Formats.Tests.RemoteId;

/// <summary>Messages made by another encoder (opendroneid-core-c), with the values that went in.</summary>
static class Vectors
{
    /// <summary>The bytes under a name: basic, location, system, operator, pack.</summary>
    public static byte[] Bytes(string name)
    {
        foreach (string line in File.ReadLines(SharedData.Find("remote-id/odid_vectors.txt")))
        {
            string[] words = line.Split(' ');
            if (words.Length == 4 && words[1] == name)
            {
                byte[] bytes = Convert.FromHexString(words[3]);
                Assert.Equal(int.Parse(words[2], CultureInfo.InvariantCulture), bytes.Length);
                return bytes;
            }
        }

        throw new InvalidDataException($"no vector {name}");
    }
}
