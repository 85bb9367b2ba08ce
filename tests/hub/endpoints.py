"""The endpoints of the Hub that pushing and loading a dataset need."""

import base64
import hashlib
import json
import time

from starlette.responses import FileResponse, JSONResponse, Response

from hub import xet
from hub.storage import MAIN, StaleError


class RefusedError(Exception):
    """An answer that is an error, with the headers by which the client tells errors apart."""

    def __init__(self, status, code, message):
        self.response = JSONResponse(
            {"error": message}, status, headers={"X-Error-Code": code, "X-Error-Message": message}
        )


def _token(request):
    return request.headers.get("authorization", "").removeprefix("Bearer ")


def _authenticate(request):
    if _token(request) not in request.app.state.hub.tokens:
        raise RefusedError(401, "", "Invalid credentials in Authorization header")


def _allow_writing(request):
    if request.app.state.hub.tokens.get(_token(request)) != "write":
        raise RefusedError(403, "", "You don't have the rights to write here")


def _repository(request, *, write=False):
    hub, known = request.app.state.hub, _token(request) in request.app.state.hub.tokens
    if _token(request):
        _authenticate(request)
    repository = hub.storage.repository("{owner}/{name}".format(**request.path_params))
    if repository is None or ((write or repository.private) and not known):
        raise RefusedError(404 if known else 401, "RepoNotFound", "Repository not found")
    if write:
        _allow_writing(request)
    return repository


def _at_revision(request, *, write=False):
    """The repository and the id of the commit that a request names."""
    repository = _repository(request, write=write)
    revision = request.path_params.get("revision", MAIN)
    commit = repository.resolve(revision)
    if commit is None:
        raise RefusedError(404, "RevisionNotFound", f"Invalid rev id: {revision}")
    return repository, commit


def _file(path, entry):
    large = {"oid": entry.sha256, "size": entry.size, "pointerSize": entry.pointer}
    described = {"type": "file", "path": path, "oid": entry.oid, "size": entry.size}
    return described | ({"lfs": large} if entry.pointer else {}) | ({"xetHash": entry.xet} if entry.xet else {})


def _folder(path):
    return {"type": "directory", "path": path, "oid": hashlib.sha256(path.encode()).hexdigest()[:40], "size": 0}


def _parents(path):
    parts = path.split("/")
    return {"/".join(parts[:end]) for end in range(1, len(parts))}


def _listed(tree):
    """Every file and folder of a tree by its path."""
    folders = {folder for path in tree for folder in _parents(path)}
    return {path: _file(path, entry) for path, entry in tree.items()} | {path: _folder(path) for path in folders}


async def create(request):
    _authenticate(request)
    _allow_writing(request)
    hub, asked = request.app.state.hub, await request.json()
    repo_id = f"{asked.get('organization') or hub.user}/{asked['name']}"
    with hub.storage.lock:
        exists = hub.storage.repository(repo_id)
        if not exists:
            hub.storage.create(repo_id, private=asked.get("visibility") == "private")
    return JSONResponse({"url": f"{hub.url}/datasets/{repo_id}"}, 409 if exists else 200)


async def validate_yaml(_):
    return JSONResponse({"errors": [], "warnings": []})


async def info(request):
    repository, commit = _at_revision(request)
    siblings = [{"rfilename": path} for path in repository.tree(commit)]
    about = {"id": repository.id, "private": repository.private, "gated": False, "disabled": False, "tags": []}
    date = repository.read(commit)["date"]
    return JSONResponse(about | {"sha": commit, "lastModified": date, "createdAt": date, "siblings": siblings})


async def refs(request):
    repository = _repository(request)
    kinds = {"branches": "heads", "tags": "tags"}
    return JSONResponse({"converts": []} | {kind: _refs(repository, kind, prefix) for kind, prefix in kinds.items()})


def _refs(repository, kind, prefix):
    named = repository.refs(kind).items()
    return [{"name": name, "ref": f"refs/{prefix}/{name}", "targetCommit": commit} for name, commit in named]


async def tree(request):
    repository, commit = _at_revision(request)
    start = request.path_params.get("path", "").strip("/")
    listed = _listed(repository.tree(commit))
    if start and start not in listed:
        raise RefusedError(404, "EntryNotFound", f"{start} does not exist")
    below = {path: item for path, item in sorted(listed.items()) if not start or start in _parents(path)}
    if request.query_params.get("recursive", "").lower() != "true":
        below = {path: item for path, item in below.items() if path.rpartition("/")[0] == start}
    return JSONResponse(list(below.values()))


async def paths_info(request):
    repository, commit = _at_revision(request)
    is_json = "json" in request.headers.get("content-type", "")
    paths = (await request.json())["paths"] if is_json else (await request.form()).getlist("paths")
    listed = _listed(repository.tree(commit))
    return JSONResponse([listed[path] for path in paths if path in listed])


async def branch(request):
    repository = _repository(request, write=True)
    start = json.loads(await request.body() or b"{}").get("startingPoint", MAIN)
    return _pointed(repository, "branches", request.path_params["revision"], repository.resolve(start))


async def tag(request):
    repository, commit = _at_revision(request, write=True)
    return _pointed(repository, "tags", (await request.json())["tag"], commit)


def _pointed(repository, kind, name, commit):
    try:
        repository.point(kind, name, commit)
    except FileExistsError:
        return JSONResponse({"error": "Reference already exists"}, 409)
    return JSONResponse({})


async def preupload(request):
    repository, commit = _at_revision(request, write=True)
    there = repository.tree(commit)
    files = (await request.json())["files"]
    return JSONResponse({"files": [_mode(file, there.get(file["path"])) for file in files], "commitOid": commit})


def _mode(file, there):
    mode = "lfs" if file["path"].endswith(".parquet") or file["size"] > 1 << 20 else "regular"
    known = {"oid": there.sha256 if there.pointer else there.oid} if there else {}
    return {"path": file["path"], "uploadMode": mode, "shouldIgnore": False} | known


async def lfs_batch(request):
    _repository(request, write=True)
    hub, asked = request.app.state.hub, await request.json()
    objects = [found | _upload(hub, found["oid"]) for found in asked["objects"]]
    return JSONResponse({"transfer": "basic", "objects": objects}, media_type="application/vnd.git-lfs+json")


def _upload(hub, oid):
    if hub.storage.path(oid).exists():
        return {}
    return {"actions": {"upload": {"href": f"{hub.url}/lfs/{oid}"}, "verify": {"href": f"{hub.url}/lfs-verify"}}}


async def lfs_upload(request):
    data = await request.body()
    if hashlib.sha256(data).hexdigest() != request.path_params["oid"]:
        raise RefusedError(400, "", "the content is not what its hash says")
    request.app.state.hub.storage.put(data)
    return Response()


async def lfs_verify(request):
    asked = await request.json()
    path = request.app.state.hub.storage.path(asked["oid"])
    return JSONResponse({}, 200 if path.exists() and path.stat().st_size == asked["size"] else 404)


async def commit(request):
    repository, head = _at_revision(request, write=True)
    storage = request.app.state.hub.storage
    header, *operations = map(json.loads, (await request.body()).splitlines())
    wanted = header["value"]
    with storage.lock:
        try:
            changed = _changed(storage, repository.tree(head), operations)
            branch_name = request.path_params["revision"]
            made = repository.commit(changed, wanted["summary"], branch_name, wanted.get("parentCommit"))
        except StaleError:
            return JSONResponse({"error": "A commit has happened since. Please refresh and try again."}, 412)
        except FileNotFoundError as missing:
            raise RefusedError(400, "", f"{missing.filename} was not uploaded") from None
    url = f"{request.app.state.hub.url}/datasets/{repository.id}/commit/{made}"
    return JSONResponse({"success": True, "commitOid": made, "commitUrl": url})


def _changed(storage, files, operations):
    over_xet = xet.uploaded(storage.cas)
    for operation in operations:
        value = operation["value"]
        match operation["key"]:
            case "file":
                files[value["path"]] = storage.regular(base64.b64decode(value["content"]))
            case "lfsFile":
                files[value["path"]] = storage.large(value["oid"], over_xet)
            case "deletedFile":
                del files[value["path"]]
    return files


async def xet_token(request):
    _repository(request, write=request.path_params["mode"] == "write")
    cas, expires = f"local://{request.app.state.hub.storage.cas}", int(time.time()) + 3600
    headers = {"X-Xet-Cas-Url": cas, "X-Xet-Access-Token": "xet", "X-Xet-Token-Expiration": str(expires)}
    return JSONResponse({"casUrl": cas, "accessToken": "xet", "exp": expires}, headers=headers)


async def resolve(request):
    repository, commit = _at_revision(request)
    entry = repository.tree(commit).get(request.path_params["path"])
    if entry is None:
        missing = RefusedError(404, "EntryNotFound", "Entry not found").response
        missing.headers["X-Repo-Commit"] = commit
        return missing
    hub = request.app.state.hub
    headers = {"X-Repo-Commit": commit, "X-Linked-Size": str(entry.size), "ETag": f'"{entry.oid}"'}
    if entry.pointer:
        headers |= dict.fromkeys(("ETag", "X-Linked-Etag"), f'"{entry.sha256}"')
    if entry.xet:
        token = f"{hub.url}/api/datasets/{repository.id}/xet-read-token/{commit}"
        headers |= {"X-Xet-Hash": entry.xet, "Link": f'<{token}>; rel="xet-auth"'}
    return FileResponse(hub.storage.content(entry), headers=headers, media_type="application/octet-stream")
