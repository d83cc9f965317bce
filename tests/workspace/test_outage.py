"""PostgreSQL goes away while somebody writes an update: told, nothing lost, back by itself."""

from dataclasses import replace

from observatory.config import Settings
from observatory.dashboard import create_dashboard
from observatory.workspace.ledger import verify_chain
from observatory.workspace.reader import EXTENSION
from observatory.workspace.update_lists import own_updates
from tests.people import HERE, browser_of, form_token, opened, posted_forms
from tests.plan_people import owner
from tests.postgres import Cluster


def test_an_update_amid_an_outage(cluster: Cluster, settings: Settings) -> None:
    here = replace(settings, workspace_url=cluster.new_database())
    server = create_dashboard(here).server
    with opened(here) as workspace:
        author = owner(workspace)
        client = browser_of(server, workspace, author)
        token = form_token(client, "/account")
        fields = {
            "form_token": token, "measure_id": "course-people", "value": "60",
            "period": "2023", "source_url": "https://example.org/course",
        }  # fmt: skip
        cluster.stop()
        browser = {**HERE, "Accept": "text/html"}
        answer = client.post("/queue/quick", data=fields, headers=browser)
        assert answer.status_code == 503
        assert "What people write cannot be read or written now" in answer.text
        (again,) = posted_forms(answer.text)
        assert again == ("/queue/quick", fields)
        assert "https://example.org/course</td>" in answer.text  # and in sight
        secret = {"form_token": token, "email": "a@b.example", "password": "correct horse"}
        for path in ("/sign-in", "/queue/quick"):
            assert "correct horse" not in client.post(path, data=secret, headers=browser).text
        public = server.test_client()
        assert public.get("/plan").status_code == 200  # what is published stays readable
        for path in ("/export/plan.csv", "/plan/files/json", "/api/v1/plan"):  # as a whole or not
            answer = public.get(path)
            assert answer.status_code == 503
            assert "Nothing that was kept is lost" in answer.text
            assert str(cluster.port) not in answer.text
        assert public.get("/readyz").status_code == 503
        cluster.start()
        assert own_updates(workspace, author) == []
        answer = client.post("/queue/quick", data=fields, headers=HERE)
        assert answer.headers["Location"] == "/queue?done=submitted"
        assert [one.state for one in own_updates(workspace, author)] == ["submitted"]
        assert verify_chain(workspace).broken_at is None
        assert public.get("/readyz").status_code == 200
    server.extensions[EXTENSION].workspace.close()
