CREATE TABLE "user" (  -- fires
  id bigint,
  "order" int  -- fires
);
