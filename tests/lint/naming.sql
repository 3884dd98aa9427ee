CREATE SCHEMA "Shop";  -- fires
CREATE TABLE "Shop"."orderLines" (  -- fires
  id bigint,
  "orderId" bigint,  -- fires
  "line no" int,  -- fires
  CONSTRAINT "PK" PRIMARY KEY (id)  -- fires
);
