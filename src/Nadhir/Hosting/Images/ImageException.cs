namespace Nadhir.Hosting.Images;

/// <summary>An image cannot be taken or used: says why. The journal is replayed instead.</summary>
sealed class ImageException(string what, Exception? cause = null) : Exception(what, cause);
