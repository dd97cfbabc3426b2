import os

import requests

STIGG = "https://api.stigg.io/api/v1"


def welcome_coupon(customer_id: str) -> dict:
    """A coupon for the first month, made when a customer signs up."""
    response = requests.post(
        f"{STIGG}/coupons",
        headers={"Authorization": f"Bearer {os.environ['STIGG_SERVER_API_KEY']}"},
        json={
            "id": f"welcome-{customer_id}",
            "name": "Welcome",
            "amountsOff": [{"amount": 1999, "currency": "usd"}],
            "percentOff": None,
        },
        timeout=10,
    )
    response.raise_for_status()
    return response.json()


def customers() -> list[dict]:
    return requests.get(f"{STIGG}/customers", params={"limit": 500}, headers={"X-API-KEY": os.environ["STIGG_SERVER_API_KEY"]}, timeout=10).json()["data"]
