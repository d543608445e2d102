-- What a person does in Neovim: sees a misspelt id underlined, completes it, and takes the action that mends it.
local root, file, cmd = vim.env.LEDGER_ROOT, vim.env.LEDGER_FILE, vim.split(vim.env.LEDGER_COMMAND, "\n")
local function fail(words) io.stderr:write(words .. "\n"); vim.cmd("cquit 1") end
vim.cmd("edit " .. vim.fn.fnameescape(file))
local id = vim.lsp.start_client({ name = "ledger", cmd = cmd, root_dir = root })
vim.lsp.buf_attach_client(0, id)
local function wait(what, test) if not vim.wait(30000, test, 20) then fail("never: " .. what) end end
local function codes(code) return vim.tbl_filter(function(d) return d.code == code end, vim.diagnostic.get(0)) end
wait("underlined", function() return #codes("R401") > 0 end)
local found = codes("R401")[1]
print("UNDERLINED " .. vim.api.nvim_buf_get_text(0, found.lnum, found.col, found.end_lnum, found.end_col, {})[1])
vim.api.nvim_win_set_cursor(0, { found.lnum + 1, found.col + 4 })
local params = vim.lsp.util.make_position_params()
local answer = vim.lsp.buf_request_sync(0, "textDocument/completion", params, 30000)[id].result
print("COMPLETED " .. answer.items[1].textEdit.newText)
vim.ui.select = function(items, _, chosen)
  for _, item in ipairs(items) do
    local action = item.action or item[2] or item
    if vim.startswith(action.title, "Write place") then chosen(item) return end
  end
  fail("no action writes the place")
end
vim.lsp.buf.code_action()
wait("mended", function() return #codes("R401") == 0 end)
print("MENDED " .. vim.api.nvim_buf_get_lines(0, found.lnum, found.lnum + 1, false)[1])
vim.cmd("qall!")
