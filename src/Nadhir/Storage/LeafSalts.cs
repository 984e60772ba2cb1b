using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Nadhir.Journal;

namespace Nadhir.Storage;

/// <summary>Where the salts of a journal's entries come from. For the one thread that appends.</summary>
public abstract class LeafSalts
{
    /// <summary>Writes the salt of entry <paramref name="seq"/>: <see cref="EntryEncoding.SaltSize"/> bytes.</summary>
    public abstract void Write(long seq, Span<byte> salt);

    /// <summary>By chance: nobody can make them again. They stand in the journal, each with its entry.</summary>
    public static LeafSalts Secret() => new ByChance();

    /// <summary>Anyone can make them again, as with an exercise's key: for records that come out the same every time.</summary>
    public static LeafSalts OfExercise(string name) => new ByRule(name);

    sealed class ByChance : LeafSalts
    {
        readonly byte[] drawn = new byte[256 * EntryEncoding.SaltSize];
        int at = int.MaxValue;

        public override void Write(long seq, Span<byte> salt)
        {
            if (at > drawn.Length - EntryEncoding.SaltSize)
            {
                RandomNumberGenerator.Fill(drawn);
                at = 0;
            }
            drawn.AsSpan(at, EntryEncoding.SaltSize).CopyTo(salt);
            at += EntryEncoding.SaltSize;
        }
    }

    sealed class ByRule(string name) : LeafSalts
    {
        readonly byte[] key = SHA256.HashData(Encoding.UTF8.GetBytes($"nadhir exercise salts, no secret\n{name}"));

        public override void Write(long seq, Span<byte> salt)
        {
            Span<byte> number = stackalloc byte[sizeof(long)], hash = stackalloc byte[MerkleHash.Size];
            BinaryPrimitives.WriteInt64BigEndian(number, seq);
            HMACSHA256.HashData(key, number, hash);
            hash[..EntryEncoding.SaltSize].CopyTo(salt);
        }
    }
}
