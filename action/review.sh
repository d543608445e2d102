#!/usr/bin/env bash
# The last step of the action: `ledger check` of what was checked out, and `ledger review` of what the event did to it. All that a stranger
# may name (branches, titles, owners) comes as the value of a variable, and goes on as one argument or as the text of a message.
#
# From the runner: RUNNER_TEMP, GITHUB_EVENT_NAME, GITHUB_SHA, GITHUB_REF_NAME, GITHUB_BASE_REF, GITHUB_HEAD_REF, GITHUB_REPOSITORY,
# GITHUB_STEP_SUMMARY. From action.yml: FOLDER, BASE, FAIL_ON, REPORTS (its inputs), and of the event: PULL_BASE, PULL_HEAD, PULL_LABEL,
# PULL_REPOSITORY, BEFORE, QUEUE_BASE, QUEUE_REF, DEFAULT_BRANCH.

set -f # no name is a pattern
program="$RUNNER_TEMP/ledger/bin/ledger"
base="" dots=".." base_name="" head_name="" trouble="" note="" unanswered=""

in_folder() {
  git --no-pager -c safe.bareRepository=explicit -c core.fsmonitor=false -c core.hooksPath=/dev/null -C "$FOLDER" "$@"
}

commit() { # the hash of the commit that a revision names; nothing where the clone does not have it
  in_folder rev-parse --verify --quiet --end-of-options "$1^{commit}" 2>/dev/null
}

parents() { # of HEAD, as the commit itself names them: those too that a shallow clone does not have
  in_folder cat-file commit HEAD | sed -n '/^$/q; s/^parent //p'
}

is_shallow() { [ "$(in_folder rev-parse --is-shallow-repository)" = true ]; }

command_text() { # a text as the message of a workflow command
  local text=${1//'%'/%25}
  text=${text//$'\r'/%0D}
  printf '%s' "${text//$'\n'/%0A}"
}

must_have() { # MESSAGE: there is no going on where the clone does not have the base
  [ -n "$(commit "$base")" ] || trouble="$1 is not in this clone: check out with \`fetch-depth: 0\`"
}

from_default() { # where the branch left the default branch
  base="refs/remotes/origin/$DEFAULT_BRANCH" dots="..." base_name=$DEFAULT_BRANCH
  if is_shallow; then
    must_have "the default branch, $DEFAULT_BRANCH,"
  elif [ -z "$DEFAULT_BRANCH" ] || [ -z "$(commit "$base")" ]; then
    base=$head dots=".." base_name=""
    note="nothing is known to compare with: only \`ledger check\` says anything here"
  fi
}

pull_request() {
  local first second
  { read -r first; read -r second; } < <(parents)
  base_name=$GITHUB_BASE_REF head_name=$GITHUB_HEAD_REF
  [ "$PULL_REPOSITORY" = "$GITHUB_REPOSITORY" ] || head_name=${PULL_LABEL:-$head_name}
  # The merge of both has the base as it is now for its first parent; the event's own word for that may be days old. (What
  # pull_request_target checks out is the base itself, which may be a merge too.)
  local merge=$PULL_HEAD
  [ "$GITHUB_EVENT_NAME" = pull_request_target ] || [ "$head" != "$GITHUB_SHA" ] || [ "$head" = "$PULL_HEAD" ] || merge=$second
  if [ -n "$second" ] && [ "$second" = "$merge" ]; then
    base=$first head_name="$head_name merged into $base_name"
    must_have "the base of the pull request, ${first:0:12},"
    return
  fi
  base="refs/remotes/origin/$GITHUB_BASE_REF" dots="..."
  [ -n "$(commit "$base")" ] || base=$PULL_BASE
  must_have "the base of the pull request, ${PULL_BASE:0:12},"
}

push() {
  head_name=$GITHUB_REF_NAME
  if [[ $BEFORE =~ ^0*$ ]]; then # a new branch or tag
    from_default
    return
  fi
  base=$BEFORE base_name="$GITHUB_REF_NAME before the push"
  if [ -n "$(commit "$base")" ]; then
    return
  fi
  if is_shallow; then
    must_have "what was there before the push, ${BEFORE:0:12},"
    return
  fi
  from_default # a forced push took it off the branch
  note="what was there before the push, ${BEFORE:0:12}, is in no branch any more (a forced push): it is compared with $DEFAULT_BRANCH"
  if [ "$GITHUB_REF_NAME" = "$DEFAULT_BRANCH" ] || [ "$base" = "$head" ]; then
    note="what was there before the push, ${BEFORE:0:12}, is in no branch any more (a forced push): nothing is compared"
    unanswered=$FAIL_ON
  fi
}

queued() {
  base=$QUEUE_BASE base_name=${QUEUE_REF#refs/heads/} head_name=$GITHUB_REF_NAME
  must_have "the base of the merge group, ${QUEUE_BASE:0:12},"
}

head=$(commit HEAD)
if [ -z "$head" ]; then
  trouble="there is no commit in $FOLDER: check the repository out before this action"
elif [ -n "$BASE" ]; then
  base=$BASE dots="..."
  must_have "the base, $BASE,"
else
  case $GITHUB_EVENT_NAME in
    pull_request | pull_request_target | pull_request_review) pull_request ;;
    push) push ;;
    merge_group) queued ;;
    *) from_default ;;
  esac
fi

same=""
if [ -z "$trouble" ]; then
  parted=$(commit "$base")
  if [ "$dots" = "..." ]; then
    parted=$(in_folder merge-base --end-of-options "$parted" "$head")
  fi
  [ "$parted" != "$head" ] || same=yes
fi
if [ -n "$same" ] && [ -z "$note" ]; then
  note="base and head are the same commit, ${head:0:12}: nothing is compared, and only \`ledger check\` says anything here"
fi
[ -z "$note" ] || printf '::notice title=ledger::%s\n' "$(command_text "$note")"

worst=0
noted() { # a command's exit code; the gravest is the step's
  [ "$1" -le "$worst" ] || worst=$1
}

# Every error there is; as annotations where the review has none (GitHub shows ten of a step).
form=concise
[ -z "$same$trouble" ] || form=github
"$program" -C "$FOLDER" check --format "$form"
noted $?

if [ -n "$trouble" ]; then
  printf '::error title=ledger review::%s\n' "$(command_text "$trouble")"
  exit 2
fi

more=()
for what in $FAIL_ON; do more+=(--fail-on "$what"); done
if [ -n "$REPORTS" ]; then
  mkdir -p -- "$REPORTS" || exit 2
  more+=(--output "markdown:$REPORTS/review.md" --output "sarif:$REPORTS/review.sarif")
  more+=(--output "json:$REPORTS/review.json" --output "gitlab:$REPORTS/codequality.json")
fi
[ -z "$base_name" ] || more+=("--base-name=$base_name")
[ -z "$head_name" ] || more+=("--head-name=$head_name")
"$program" -C "$FOLDER" review --format github --max-bytes 1000000 --output "markdown:$GITHUB_STEP_SUMMARY" "${more[@]}" -- "$base${dots}HEAD"
noted $?

# The page that people read, with what changed marked: the action attaches it to the run.
if [ -n "${REPORT:-}" ]; then
  mkdir -p -- "$REPORT" || exit 2
  marked=()
  [ -n "$same" ] || marked=("--since=$parted")
  "$program" -C "$FOLDER" report --rev HEAD "${marked[@]}" --output "$REPORT/report.html"
  noted $?
fi

if [ -n "$unanswered" ]; then
  printf '::error title=ledger review::%s\n' "$(command_text "fail-on: $unanswered can't be answered: nothing is compared")"
  noted 1
fi
exit "$worst"
