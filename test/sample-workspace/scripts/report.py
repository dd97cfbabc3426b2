import requests
from stigg import Stigg

client = Stigg(api_key="@@SERVER_KEY@@")
plans = requests.get(
    "https://api.stigg.io/api/v1/plans",
    headers={"X-API-KEY": "@@SERVER_KEY@@"},
).json()
