-- One address after the other, from a file of them.
local addresses, at = {}, 0

function init(args)
  for line in io.lines(args[1]) do
    addresses[#addresses + 1] = line
  end
end

function request()
  at = at % #addresses + 1
  return wrk.format("GET", addresses[at])
end
