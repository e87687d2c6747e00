-- The requests of ops/benchmark, for wrk:
--   schedule RUN NAME PLANS   milestones, each with an id of its own that begins with RUN, on one of the plans NAME-0000 and so on
--   get PATH NAME PLANS       the path, with one of those plans where it has a *
local threads = 0
function setup(thread)
  thread:set("nth", threads)
  threads = threads + 1
end

local headers = { Authorization = "Bearer " .. (os.getenv("TOKEN") or ""), ["Content-Type"] = "application/json" }
local kind, what, name, plans
local sent = 0

function init(words)
  kind, what, name, plans = words[1], words[2], words[3], tonumber(words[4])
  math.randomseed(nth + 1)
end

function request()
  local plan = string.format("%s-%04d", name, math.random(0, plans - 1))
  if kind == "get" then return wrk.format("GET", (what:gsub("%*", plan)), headers) end
  sent = sent + 1
  local milestone = string.format("%s-%d-%06d", what, nth, sent)
  return wrk.format("POST", "/api/plans/" .. plan .. "/milestones", headers,
    '{"milestone":"' .. milestone .. '","project":"1","title":"CCTV phase 2 in service","due":"2027-06","on":"2024-03-01",'
      .. '"evidence":[{"url":"https://example.org/news/cctv-phase-2"}]}')
end

function done(summary, latency)
  local errors = summary.errors
  print(string.format("figures %d %d %.3f %.3f %d", summary.requests, summary.duration,
    latency:percentile(50) / 1000, latency:percentile(99) / 1000,
    errors.status + errors.connect + errors.read + errors.write + errors.timeout))
end
