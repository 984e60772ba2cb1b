namespace Nadhir.Formats.Sapient;

/// <summary>The fields that mean something to us, found once.</summary>
static class SapientFields
{
    public static readonly SapientField
        Timestamp = Flex335.Root["timestamp"],
        NodeId = Flex335.Root["node_id"],
        DestinationId = Flex335.Root["destination_id"],
        Registration = Flex335.Root["registration"],
        RegistrationAck = Flex335.Root["registration_ack"],
        StatusReport = Flex335.Root["status_report"],
        DetectionReport = Flex335.Root["detection_report"],
        Task = Flex335.Root["task"],
        TaskAck = Flex335.Root["task_ack"],
        Alert = Flex335.Root["alert"],
        AlertAck = Flex335.Root["alert_ack"],
        Error = Flex335.Root["error"];

    public static class Registered
    {
        static readonly SapientMessageType type = Flex335.Message("Registration");
        static readonly SapientMessageType mode = Flex335.Message("ModeDefinition");
        static readonly SapientMessageType detection = Flex335.Message("DetectionDefinition");

        public static readonly SapientField
            NodeDefinition = type["node_definition"],
            NodeType = Flex335.Message("NodeDefinition")["node_type"],
            Name = type["name"],
            Capabilities = type["capabilities"],
            CapabilityCategory = Flex335.Message("Capability")["category"],
            CapabilityType = Flex335.Message("Capability")["type"],
            CapabilityValue = Flex335.Message("Capability")["value"],
            CapabilityUnits = Flex335.Message("Capability")["units"],
            StatusDefinition = type["status_definition"],
            StatusInterval = Flex335.Message("StatusDefinition")["status_interval"],
            LocationDefinition = Flex335.Message("StatusDefinition")["location_definition"],
            Units = Flex335.Message("Duration")["units"],
            Value = Flex335.Message("Duration")["value"],
            Zone = Flex335.Message("LocationType")["zone"],
            ModeDefinition = type["mode_definition"],
            ModeName = mode["mode_name"],
            TrackingType = mode["tracking_type"],
            DetectionDefinition = mode["detection_definition"],
            LocationType = detection["location_type"],
            VelocityType = detection["velocity_type"],
            VelocityUnits = Flex335.Message("VelocityType")["enu_velocity_units"],
            EastNorthUnits = Flex335.Message("ENUVelocityUnits")["east_north_rate_units"],
            UpUnits = Flex335.Message("ENUVelocityUnits")["up_rate_units"],
            GeometricError = detection["geometric_error"],
            ErrorType = Flex335.Message("GeometricError")["type"];
    }

    public static class Reported
    {
        static readonly SapientMessageType type = Flex335.Message("StatusReport");

        public static readonly SapientField
            System = type["system"],
            Mode = type["mode"],
            Power = type["power"],
            PowerSource = Flex335.Message("Power")["source"],
            PowerStatus = Flex335.Message("Power")["status"],
            PowerLevel = Flex335.Message("Power")["level"],
            NodeLocation = type["node_location"],
            FieldOfView = type["field_of_view"],
            Obscuration = type["obscuration"],
            Coverage = type["coverage"],
            Status = type["status"],
            StatusLevel = Flex335.Message("Status")["status_level"],
            StatusType = Flex335.Message("Status")["status_type"],
            StatusValue = Flex335.Message("Status")["status_value"];
    }

    public static class Detected
    {
        static readonly SapientMessageType type = Flex335.Message("DetectionReport");
        static readonly SapientMessageType velocity = Flex335.Message("ENUVelocity");
        static readonly SapientMessageType classification = Flex335.Message("Classification");
        static readonly SapientMessageType subClass = Flex335.Message("SubClass");

        public static readonly SapientField
            Classification = type["classification"],
            ClassType = classification["type"],
            ClassConfidence = classification["confidence"],
            ClassParts = classification["sub_class"],
            SubType = subClass["type"],
            SubConfidence = subClass["confidence"],
            ObjectId = type["object_id"],
            State = type["state"],
            RangeBearing = type["range_bearing"],
            Location = type["location"],
            Velocity = type["enu_velocity"],
            Id = type["id"],
            EastRate = velocity["east_rate"],
            NorthRate = velocity["north_rate"],
            UpRate = velocity["up_rate"];
    }

    public static class Located
    {
        static readonly SapientMessageType type = Flex335.Message("Location");

        public static readonly SapientField
            X = type["x"], Y = type["y"], Z = type["z"], XError = type["x_error"], YError = type["y_error"],
            System = type["coordinate_system"], Zone = type["utm_zone"];
    }

    /// <summary>Of a range and bearing, and of the cone that says where a node looks: the same names.</summary>
    public sealed class Ranged
    {
        public static readonly Ranged Bearing = new("RangeBearing"), Cone = new("RangeBearingCone");

        Ranged(string message)
        {
            SapientMessageType type = Flex335.Message(message);
            (Elevation, Azimuth, Range) = (type["elevation"], type["azimuth"], type["range"]);
            (ElevationError, AzimuthError, RangeError) =
                (type["elevation_error"], type["azimuth_error"], type["range_error"]);
            (System, Datum) = (type["coordinate_system"], type["datum"]);
        }

        public SapientField Elevation { get; }
        public SapientField Azimuth { get; }
        public SapientField Range { get; }
        public SapientField ElevationError { get; }
        public SapientField AzimuthError { get; }
        public SapientField RangeError { get; }
        public SapientField System { get; }
        public SapientField Datum { get; }
    }

    public static class Areas
    {
        static readonly SapientMessageType type = Flex335.Message("LocationOrRangeBearing");

        public static readonly SapientField
            Cone = type["range_bearing"],
            List = type["location_list"],
            Locations = Flex335.Message("LocationList")["locations"],
            HorizontalExtent = Flex335.Message("RangeBearingCone")["horizontal_extent"],
            VerticalExtent = Flex335.Message("RangeBearingCone")["vertical_extent"];
    }

    public static class Answered
    {
        public static readonly SapientField
            Acceptance = Flex335.Message("RegistrationAck")["acceptance"],
            AckReason = Flex335.Message("RegistrationAck")["ack_response_reason"],
            Packet = Flex335.Message("Error")["packet"],
            ErrorMessage = Flex335.Message("Error")["error_message"],
            AlertId = Flex335.Message("Alert")["alert_id"],
            AcknowledgedAlert = Flex335.Message("AlertAck")["alert_id"],
            AlertReason = Flex335.Message("AlertAck")["reason"],
            AlertAckStatus = Flex335.Message("AlertAck")["alert_ack_status"],
            TaskId = Flex335.Message("Task")["task_id"],
            AcknowledgedTask = Flex335.Message("TaskAck")["task_id"],
            TaskStatus = Flex335.Message("TaskAck")["task_status"],
            TaskReason = Flex335.Message("TaskAck")["reason"];
    }
}
