"""Quotas: so many at a time, so many in a minute, by client."""

import pytest

from mlroles.errors import QuotaError
from mlroles.serving.quotas import Quotas, network


def test_requests_of_a_minute_come_back_evenly() -> None:
    quotas = Quotas(0, 60)
    for _ in range(60):
        quotas.enter("a", 0.0)
    with pytest.raises(QuotaError) as caught:
        quotas.enter("a", 0.5)
    assert caught.value.extra == {"limit": 60, "retry_after": 1}
    quotas.enter("b", 0.5)
    quotas.enter("a", 1.1)
    with pytest.raises(QuotaError):
        quotas.enter("a", 1.2)


def test_one_that_ends_makes_room_for_another() -> None:
    quotas = Quotas(2, 0)
    quotas.enter("a", 0)
    quotas.enter("a", 0)
    with pytest.raises(QuotaError, match="2 requests under way"):
        quotas.enter("a", 0)
    quotas.leave("a")
    quotas.enter("a", 0)


def test_only_so_many_clients_are_remembered() -> None:
    quotas = Quotas(1, 1)
    for client in range(20_000):
        quotas.enter(str(client), 0)
        quotas.leave(str(client))
    assert len(quotas._left) <= 10_000
    assert not quotas._under_way


@pytest.mark.parametrize(
    ("address", "client"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("::1", "::/64"),
        ("unix", "unix"),
    ],
)
def test_a_client_is_an_address_or_a_network_of_them(address: str, client: str) -> None:
    assert network(address) == client
