/** Who there is in a simulated deployment. */
export const tenants = ["01KDTV000000TENANT00000001", "01KDTV000000TENANT00000002"];

/** What each tenant wants to hear of the provider surface that both follow. */
export const followers = [
  { id: "01KDTV0000FOLLOWER00010001", tenantId: tenants[0] ?? "" },
  {
    id: "01KDTV0000FOLLOWER00020001",
    tenantId: tenants[1] ?? "",
    monitoringMode: "partial" as const,
    filteredEndpoints: ["GET /pets/*"],
  },
];
export const surfaceId = "pets.api";
